#include "core/evaluation/router_ports.h"

#include "core/evaluation/table_figures.h"
#include "core/evaluation/texts.h"
#include "core/text/token_estimate.h"

namespace headgate::evaluation {

Result<std::vector<qint32>> routerPorts(const routers::Router &router, const QString &name,
                                        const QList<policy::Model> &models,
                                        const OutcomeTable &table, const std::stop_token &stop)
{
    if (table.prompts.size() != table.rows)
        return fail(ErrorCode::InvalidInput,
                    Texts::tr("“%1” decides by the prompt, and the outcomes were read without "
                              "prompts.")
                        .arg(name));
    if (const QString embedder = router.embedder(); !embedder.isEmpty())
        return fail(ErrorCode::Unavailable,
                    Texts::tr("“%1” decides by embeddings of “%2”, and the outcomes hold none; "
                              "a replay asks nobody. Train it on the built-in embedder to "
                              "replay it.")
                        .arg(name, embedder));
    const TableFigures figures(models, table);
    const routers::RouterInputs inputs{.models = &figures, .explained = false};
    policy::Query query; // one for all rows: only its text is new on each
    query.messages = {{.role = Message::Role::User, .text = {}}};
    std::vector<qint32> ports;
    ports.reserve(size_t(table.rows));
    for (qint32 row = 0; row < table.rows; ++row) {
        if (stop.stop_requested())
            return fail(ErrorCode::Cancelled, Texts::tr("It was stopped."));
        query.messages[0].text = QString::fromUtf8(table.prompts.at(row));
        query.estimatedTokens = text::estimateTokens(query.messages[0].text);
        query.seed = quint64(row);
        const auto decision = router.decide(query, inputs);
        ports.push_back(decision ? decision->port : -1);
    }
    return ports;
}

} // namespace headgate::evaluation
