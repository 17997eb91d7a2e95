#pragma once

#include "ui/settings/configured_providers.h"

#include <QDialog>

class QListWidget;
class QPushButton;
class QStackedWidget;

namespace headgate::catalog {
class ModelCatalog;
}
namespace headgate::providers {
struct ProviderPreset;
}

namespace headgate::ui {

class ConnectionPanel;
class EmptyState;
class MessageBar;
class ProviderForm;
class Theme;

// Sets up who answers: a list of providers, the settings of one, its key and a test. What is edited
// is kept at once. Theme, providers and catalog outlive it.
class ProvidersDialog final : public QDialog
{
    Q_OBJECT
public:
    ProvidersDialog(const Theme &theme, ConfiguredProviders &providers,
                    const catalog::ModelCatalog &catalog, QWidget *parent = nullptr);

    // Looks for model servers on this machine and offers what answers. Whether it says, too, that
    // nothing does.
    enum class Found { Something, AnythingOrNothing };
    void discover(Found tell = Found::Something);

Q_SIGNALS:
    void priceEdited(const QString &provider, const QString &model, const headgate::Price &price);

private:
    QWidget *makeList();
    QWidget *makePage();
    void fillAddMenu();
    void refresh();
    void showCurrent();
    void add(const providers::ProviderPreset &preset);
    void removeCurrent();
    void take(const providers::Endpoint &endpoint);
    void keepKey(const QByteArray &key);
    void forgetKey();
    void test();
    void probe(const QString &model);
    void select(const QString &name);
    const providers::Endpoint *current() const;
    void updateKeyState();

    const Theme &m_theme;
    ConfiguredProviders &m_providers;
    const catalog::ModelCatalog &m_catalog;
    MessageBar *m_message = nullptr;
    QListWidget *m_list = nullptr;
    QPushButton *m_add = nullptr;
    QPushButton *m_remove = nullptr;
    QStackedWidget *m_pages = nullptr;
    EmptyState *m_empty = nullptr;
    ProviderForm *m_form = nullptr;
    ConnectionPanel *m_connection = nullptr;
    QString m_shown; // name of the one on the page
    int m_asked = 0; // tests; only the newest answer counts
};

} // namespace headgate::ui
