#include "ui/settings/offered_models_model.h"

#include <QAbstractItemModelTester>
#include <QTest>

using namespace headgate;
using namespace headgate::ui;
using namespace Qt::StringLiterals;

class TestOfferedModels final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anUnknownPriceIsNeverZero()
    {
        catalog::ModelCatalog catalog;
        catalog::CatalogEntry known;
        known.id = u"openai/known"_s;
        known.provider = u"openai"_s;
        known.model = u"known"_s;
        known.price = Price{Money::fromUsd(2).value(), Money::fromUsd(8).value()};
        known.asOf = QDate(2026, 8, 1);
        catalog.add({known});
        providers::OfferedModel told;
        told.name = u"told"_s;
        told.price = Price{Money::fromUsd(1).value(), Money::fromUsd(3).value()};
        providers::OfferedModel vectors;
        vectors.name = u"vectors"_s;
        vectors.chats = false;
        OfferedModelsModel model;
        const QAbstractItemModelTester tester(&model);
        model.setModels(u"openai"_s, {{.name = u"known"_s}, told, {.name = u"new"_s}, vectors},
                        catalog, QDate(2026, 11, 1));
        const auto text = [&model](int row, int column) {
            return model.index(row, column).data().toString();
        };
        QCOMPARE(model.rowCount(), 3);
        QCOMPARE(text(0, OfferedModelsModel::InputColumn), u"$2.00"_s);
        QVERIFY(text(0, OfferedModelsModel::SourceColumn).startsWith(u"catalog"_s));
        QCOMPARE(text(1, OfferedModelsModel::SourceColumn), u"told by the server"_s);
        QCOMPARE(text(2, OfferedModelsModel::InputColumn), u"unknown"_s);
        QCOMPARE(text(2, OfferedModelsModel::OutputColumn), u"unknown"_s);
        QCOMPARE(model.unknownPrices(), 1);

        // On this machine nobody is paid, unless the server or the user says otherwise.
        catalog.setLocalProviders({u"ollama"_s});
        catalog.setOverride(u"ollama"_s, u"mine"_s, *known.price, QDate(2026, 8, 1));
        model.setModels(u"ollama"_s, {{.name = u"new"_s}, told, {.name = u"mine"_s}}, catalog,
                        QDate(2026, 11, 1));
        QCOMPARE(text(0, OfferedModelsModel::InputColumn), u"$0"_s);
        QCOMPARE(text(0, OfferedModelsModel::SourceColumn), u"runs on this machine"_s);
        QCOMPARE(text(1, OfferedModelsModel::SourceColumn), u"told by the server"_s);
        QCOMPARE(text(2, OfferedModelsModel::InputColumn), u"$2.00"_s);
        QCOMPARE(model.unknownPrices(), 0);
    }
};

QTEST_MAIN(TestOfferedModels)
#include "tst_offered_models.moc"
