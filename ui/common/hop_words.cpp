#include "ui/common/hop_words.h"

#include "ui/common/number_format.h"
#include "ui/common/texts.h"

#include <QLocale>

using namespace Qt::StringLiterals;

namespace headgate::ui {

namespace {

// "hard 0.81: “prove” pushed" of the port "hard": the reason begins with where it leads.
bool saysPort(const engine::Hop &hop)
{
    return !hop.port.isEmpty() &&
           (hop.why.startsWith(hop.port + u' ') || hop.why.startsWith(hop.port + u": "_s));
}

bool isCall(const engine::Hop &hop)
{
    return hop.attempt > 0;
}

QString costText(const engine::Hop &hop)
{
    switch (hop.costOrigin) {
    case engine::CostOrigin::UnknownPrice:
        return Texts::tr("price unknown");
    case engine::CostOrigin::EstimatedTokens:
        return Texts::tr("about %1").arg(formatMoney(hop.cost));
    case engine::CostOrigin::Exact:
    case engine::CostOrigin::ProviderReported:
        return formatMoney(hop.cost);
    }
    return {};
}

QString tokensText(const catalog::TokenUsage &usage)
{
    QStringList parts{Texts::tr("in %1").arg(formatCount(usage.input())),
                      Texts::tr("out %1").arg(formatCount(usage.output))};
    if (usage.cacheRead > 0)
        parts.append(Texts::tr("cached %1").arg(formatCount(usage.cacheRead)));
    if (usage.reasoning > 0)
        parts.append(Texts::tr("reasoning %1").arg(formatCount(usage.reasoning)));
    if (usage.estimated)
        parts.append(Texts::tr("estimated"));
    return parts.join(u" · "_s);
}

QString priceText(const catalog::PriceQuote &quote)
{
    if (quote.source == catalog::PriceSource::Local)
        return Texts::tr("nothing a token: it runs on this machine");
    const QString prices = formatPrice(quote.price);
    return quote.asOf.isValid()
               ? QLocale().toString(quote.asOf, u"yyyy-MM-dd"_s) + u" · "_s + prices
               : prices;
}

// The next call of a model node; nullptr if none.
const engine::Hop *nextCall(const QList<engine::Hop> &hops, qsizetype from)
{
    for (qsizetype i = from; i < hops.size(); ++i) {
        if (hops[i].asksForAnswer())
            return &hops[i];
    }
    return nullptr;
}

// Of what a judge or a sample said, as much as a row of details can hold.
QString shortReply(const QString &text)
{
    constexpr qsizetype kMost = 600;
    return text.size() <= kMost ? text : text.left(kMost - 1) + u'…';
}

} // namespace

QString scoreText(double score)
{
    return QLocale().toString(score, 'f', 2);
}

QString marginText(double margin)
{
    return (margin < 0 ? u"−"_s : u"+"_s) + scoreText(std::abs(margin));
}

QString hopSubtitle(const engine::Hop &hop)
{
    if (!hop.failureClass.isEmpty()) {
        const QString what =
            hop.httpStatus > 0 ? Texts::tr("%1, HTTP %2").arg(hop.failureClass).arg(hop.httpStatus)
                               : hop.failureClass;
        return hop.port.isEmpty() ? what : Texts::tr("%1 → %2").arg(what, hop.port);
    }
    if (hop.score && hop.threshold)
        return Texts::tr("%1 %2 %3 → %4")
            .arg(scoreText(*hop.score), *hop.score >= *hop.threshold ? u"≥"_s : u"<"_s,
                 scoreText(*hop.threshold), hop.port);
    if (isCall(hop))
        return Texts::tr("%1 · %2").arg(formatTokens(hop.usage.input() + hop.usage.output),
                                        costText(hop));
    if (!hop.port.isEmpty() && !hop.why.isEmpty())
        return saysPort(hop) ? hop.why : Texts::tr("%1: %2").arg(hop.port, hop.why);
    return hop.why.isEmpty() ? hop.port : hop.why;
}

QString hopName(const engine::Hop &hop)
{
    const QString name = hop.title.isEmpty() ? hop.node.value : hop.title;
    return isCall(hop) && !hop.asksForAnswer() ? Texts::tr("%1 asks %2").arg(name, hop.askedModel)
                                               : name;
}

QString hopSentence(const engine::Hop &hop)
{
    const QString time = formatDuration(hop.end - hop.start);
    return Texts::tr("%1, %2: %3")
        .arg(hopName(hop), time, hop.error.isEmpty() ? hopSubtitle(hop) : hop.error);
}

QString stepSentence(const engine::Hop &hop)
{
    const QString name = hopName(hop);
    if (isCall(hop) && !hop.asksForAnswer() && hop.error.isEmpty())
        return Texts::tr("%1, which replied in %2: %3, %4.")
            .arg(name, formatDuration(hop.end - hop.start), tokensText(hop.usage), costText(hop));
    if (!hop.error.isEmpty())
        return hop.port.isEmpty() ? Texts::tr("%1 failed: %2").arg(name, hop.error)
                                  : Texts::tr("%1 failed: %2 The query went on by “%3”.")
                                        .arg(name, hop.error, hop.port);
    if (hop.score && hop.threshold) {
        const double margin = *hop.score - *hop.threshold;
        return (margin >= 0 ? Texts::tr("%1 scored %2, %3 above the threshold of %4: the answer is "
                                        "accepted.")
                            : Texts::tr("%1 scored %2, %3 below the threshold of %4: the query is "
                                        "escalated."))
            .arg(name, scoreText(*hop.score), scoreText(std::abs(margin)),
                 scoreText(*hop.threshold));
    }
    if (isCall(hop))
        return Texts::tr("%1 answered in %2: %3, %4.")
            .arg(name, formatDuration(hop.end - hop.start), tokensText(hop.usage), costText(hop));
    if (saysPort(hop))
        return Texts::tr("%1 chose %2.").arg(name, hop.why);
    if (!hop.port.isEmpty())
        return hop.why.isEmpty() ? Texts::tr("%1 chose “%2”.").arg(name, hop.port)
                                 : Texts::tr("%1 chose “%2”: %3.").arg(name, hop.port, hop.why);
    return hop.why.isEmpty() ? Texts::tr("The query came to %1.").arg(name)
                             : Texts::tr("%1: %2.").arg(name, hop.why);
}

QList<std::pair<QString, QString>> hopDetails(const engine::Hop &hop)
{
    QList<std::pair<QString, QString>> rows;
    const auto add = [&rows](const QString &label, const QString &value) {
        if (!value.isEmpty())
            rows.append({label, value});
    };
    if (isCall(hop)) {
        add(Texts::tr("Asked"), hop.askedModel);
        add(Texts::tr("Chosen"), hop.provider + u" · "_s + hop.chosenModel);
        add(Texts::tr("Served"), hop.servedModel);
        add(Texts::tr("Attempt"), QLocale().toString(hop.attempt));
        add(Texts::tr("Tokens"), tokensText(hop.usage));
        add(Texts::tr("Price table"),
            hop.quote ? priceText(*hop.quote) : Texts::tr("no price known"));
        if (hop.surcharge.percent != 100)
            add(Texts::tr("Surcharge"),
                Texts::tr("%1% of the list price, in the price above").arg(hop.surcharge.percent));
        if (hop.surcharge.fast)
            add(Texts::tr("Speed"), Texts::tr("fast, at a price of its own"));
        add(Texts::tr("Cost"), costText(hop));
        if (hop.firstToken)
            add(Texts::tr("First token"), formatDuration(*hop.firstToken - hop.start));
        add(Texts::tr("Finish"), hop.finishReason);
        add(Texts::tr("Request"), hop.requestId);
    }
    if (isCall(hop) && !hop.asksForAnswer())
        add(Texts::tr("Reply"), shortReply(hop.text));
    if (hop.score)
        add(Texts::tr("Score"), scoreText(*hop.score));
    if (hop.threshold)
        add(Texts::tr("Threshold"), scoreText(*hop.threshold));
    if (hop.score && hop.threshold)
        add(Texts::tr("Margin"), marginText(*hop.score - *hop.threshold));
    add(Texts::tr("Port"), hop.port);
    add(Texts::tr("Why"), hop.why);
    add(Texts::tr("Failure"), hop.failureClass);
    add(Texts::tr("Message"), hop.error);
    if (hop.waited.count() > 0)
        add(Texts::tr("Waited before"), formatDuration(hop.waited));
    add(Texts::tr("Time"), formatDuration(hop.end - hop.start));
    return rows;
}

QString routeReason(const engine::RunTrace &trace)
{
    for (qsizetype i = trace.hops.size() - 1; i >= 0; --i) {
        const engine::Hop &hop = trace.hops[i];
        if (!hop.failureClass.isEmpty() && hop.asksForAnswer() && i != trace.answeringHop) {
            const engine::Hop *next = nextCall(trace.hops, i + 1);
            if (next && next->node != hop.node)
                return Texts::tr("%1 failed, so the query went to %2.").arg(hop.title, next->title);
            continue;
        }
        if (!hop.score || !hop.threshold)
            continue;
        const QString score = scoreText(*hop.score);
        const QString threshold = scoreText(*hop.threshold);
        if (*hop.score >= *hop.threshold)
            return Texts::tr("%1 scored %2, which reaches %3: accepted.")
                .arg(hop.title, score, threshold);
        if (const engine::Hop *next = nextCall(trace.hops, i + 1))
            return Texts::tr("%1 scored %2, which is below %3, so the query went on to %4.")
                .arg(hop.title, score, threshold, next->title);
        return Texts::tr("%1 scored %2, which is below %3.").arg(hop.title, score, threshold);
    }
    for (const engine::Hop &hop : trace.hops) {
        if (!hop.why.isEmpty() && !isCall(hop))
            return saysPort(hop)
                       ? Texts::tr("%1 chose %2.").arg(hop.title, hop.why)
                       : Texts::tr("%1 chose %2: %3.").arg(hop.title, hop.port, hop.why);
    }
    return {};
}

QString routeSummary(const engine::RunTrace &trace)
{
    for (qsizetype i = trace.answeringHop - 1; i >= 0; --i) {
        const engine::Hop &hop = trace.hops[i];
        if (!hop.asksForAnswer() || hop.node == trace.hops[trace.answeringHop].node)
            continue;
        return hop.failureClass.isEmpty() ? Texts::tr("after %1 was escalated").arg(hop.title)
                                          : Texts::tr("after %1 failed").arg(hop.title);
    }
    return {};
}

QString savingSentence(const engine::RunTrace &trace)
{
    if (!trace.baselineCost)
        return {};
    const Money saving = *trace.baselineCost - trace.cost;
    QString sentence = Texts::tr("Always %1 would have cost %2.")
                           .arg(trace.baseline, formatMoney(*trace.baselineCost));
    if (saving.nanos() == 0)
        return sentence;
    sentence += u' ';
    sentence += saving.nanos() > 0
                    ? Texts::tr("Saved %1 (%2).")
                          .arg(formatMoney(saving),
                               formatPercent(saving.toUsd() / trace.baselineCost->toUsd(), 0))
                    : Texts::tr("This run cost %1 more.").arg(formatMoney(-saving));
    return sentence;
}

} // namespace headgate::ui
