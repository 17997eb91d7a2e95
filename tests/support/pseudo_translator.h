#pragma once

#include <QTranslator>

namespace headgate::test {

// Translates every text into a language that looks like another one: accented, at least 40 %
// longer, between « and ». What stays without the marks was not made for translation; what is cut
// has no room for other languages. Places such as %1, mnemonics and tags keep their meaning.
class PseudoTranslator final : public QTranslator
{
    Q_OBJECT
public:
    using QTranslator::QTranslator;

    QString translate(const char *context, const char *source, const char *disambiguation,
                      int n) const override;
    bool isEmpty() const override { return false; }
};

// What is left of a shown text without its translated parts.
QString untranslatedPart(const QString &shown);

} // namespace headgate::test
