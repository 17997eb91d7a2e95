#include "app/workbench/main_window.h"
#include "app/workbench/price_overrides.h"
#include "app/workbench/provider_lines.h"
#include "app/workbench/status_strip.h"
#include "core/ledger/ledger_thread.h"
#include "ui/common/message_bar.h"
#include "ui/common/number_format.h"
#include "core/common/when_ready.h"
#include "ui/home/home_page.h"
#include "ui/savings/savings_page.h"
#include "ui/settings/providers_dialog.h"

namespace headgate::workbench {

void MainWindow::loadProviders()
{
    m_providers = new ui::ConfiguredProviders(m_options.providersPath, m_queries->keys(),
                                              providers::systemKeyring(), this);
    connect(m_providers, &ui::ConfiguredProviders::changed, this, [this] {
        m_queries->setProviders(m_providers->all());
        showProviders();
    });
    connect(m_providers, &ui::ConfiguredProviders::keysChanged, this, &MainWindow::showProviders);
    connect(m_providers, &ui::ConfiguredProviders::answered, m_queries,
            &ui::QueryService::tryAgain);
    connect(m_providers, &ui::ConfiguredProviders::problem, this, &MainWindow::tell);
    if (const Result<> loaded = m_providers->load(); !loaded)
        tell(loaded.error().message);
    const auto prices = readPriceOverrides(m_options.pricesPath);
    if (!prices) {
        tell(prices.error().message);
        return;
    }
    for (const catalog::PriceOverride &price : *prices)
        m_queries->setPrice(price);
}

void MainWindow::openProviders()
{
    auto *dialog = new ui::ProvidersDialog(m_theme, *m_providers, m_queries->catalog(), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &ui::ProvidersDialog::priceEdited, this, &MainWindow::setPrice);
    dialog->open();
    if (m_providers->all().isEmpty())
        dialog->discover();
}

void MainWindow::showProviders()
{
    if (m_home)
        m_home->setProviders(providerLines(
            m_options, m_providers ? m_providers->all() : QList<providers::Endpoint>(),
            m_queries->keys()));
}

void MainWindow::setPrice(const QString &provider, const QString &model, const Price &price)
{
    m_queries->setPrice({provider, model, price, QDate::currentDate()});
    const Result<> written =
        writePriceOverrides(m_queries->catalog().overrides(), m_options.pricesPath);
    if (!written)
        tell(written.error().message);
    offerCorrection({.provider = provider,
                     .model = model,
                     .from = {},
                     .to = {},
                     .quote = {price, catalog::PriceSource::Override, QDate::currentDate()}});
}

// What was counted at another price stays so until the user says otherwise.
void MainWindow::offerCorrection(const ledger::PriceCorrection &correction)
{
    ledger::LedgerThread *ledger = m_queries->ledger();
    if (!ledger)
        return;
    auto preview = ledger->query([correction](const ledger::Ledger &opened) {
        return opened.previewCorrection(correction);
    });
    whenReady(std::move(preview), this,
                  [this, correction](const Result<ledger::CorrectionEffect> &effect) {
                      if (!effect || effect->calls == 0)
                          return;
                      m_message->showMessage(
                          ui::MessageBar::Level::Information,
                          tr("%n recorded calls of %1 were counted at another price: %2 instead "
                             "of %3.",
                             nullptr, int(effect->calls))
                              .arg(correction.model, ui::formatMoney(effect->after),
                                   ui::formatMoney(effect->before)),
                          tr("Correct them"), [this, correction] { correctHistory(correction); });
                  });
}

void MainWindow::correctHistory(const ledger::PriceCorrection &correction)
{
    whenReady(m_queries->ledger()->correctPrice(correction), this,
                  [this](const Result<ledger::CorrectionEffect> &effect) {
                      if (!effect)
                          tell(effect.error().message);
                      else if (m_savings)
                          m_savings->refresh();
                  });
}

} // namespace headgate::workbench
