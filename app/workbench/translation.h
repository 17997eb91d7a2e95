#pragma once

#include <QTranslator>

namespace headgate::workbench {

// The texts of the sources are English as they stand; only what counts something needs a form for
// one and a form for several. A sentence has the same forms wherever it is used, so contexts do
// not matter: one list, resources/translations/headgate_en.ts, serves all of them.
class EnglishPlurals final : public QTranslator
{
    Q_OBJECT
public:
    explicit EnglishPlurals(QObject *parent = nullptr);

    QString translate(const char *context, const char *source, const char *disambiguation,
                      int n) const override;
};

// For as long as the application lives.
void installTranslation();

} // namespace headgate::workbench
