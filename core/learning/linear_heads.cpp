#include "core/learning/linear_heads.h"

#include "core/learning/cue_scale.h"
#include "core/learning/held_out_folds.h"
#include "core/learning/in_parallel.h"
#include "core/learning/texts.h"

#include <algorithm>

namespace headgate::learning {

namespace {

using Rows = std::vector<LogisticRegression::Row>;

// Says how far a training came. Steps end on several threads; the callback comes on one.
class SharedProgress
{
public:
    SharedProgress(const TrainingControl &control, size_t steps)
        : m_control(control)
        , m_steps(double(steps))
        , m_thread(std::this_thread::get_id())
    {
    }

    void stepDone(double loss)
    {
        const int done = ++m_done;
        if (m_control.onProgress && std::this_thread::get_id() == m_thread)
            m_control.onProgress({std::min(1.0, done / m_steps), loss});
    }
    void allDone()
    {
        if (m_control.onProgress)
            m_control.onProgress({1, {}});
    }

private:
    const TrainingControl &m_control;
    double m_steps;
    std::thread::id m_thread;
    std::atomic<int> m_done = 0;
};

class HeadFitter
{
public:
    HeadFitter(const TrainingSet &set, const std::vector<Rows> &rows, const LinearOptions &options,
               const TrainingControl &control)
        : m_set(set)
        , m_rows(rows)
        , m_options(options)
        , m_control(control)
        , m_folds(heldOutFolds(set.prompts, options.folds, control.seed))
        , m_progress(control, rows.size() * (options.strengths.size() * size_t(options.folds) + 1))
    {
        for (const Rows &head : rows) {
            m_heldOut.emplace_back(options.strengths.size(), std::vector<double>(head.size()));
        }
    }

    Result<LinearHeads> fit()
    {
        inParallel(m_options.folds, [this](int fold) { judgeFold(fold); });
        LinearHeads result;
        if (!m_control.stop.stop_requested())
            fitAll(result);
        auto familiarity = Familiarity::fit(distinctPrompts(), m_control.seed, m_control.stop);
        if (!familiarity || m_control.stop.stop_requested())
            return fail(ErrorCode::Cancelled, Texts::tr("The training was stopped."));
        result.familiarity = *std::move(familiarity);
        m_progress.allDone();
        return result;
    }

private:
    // The rows of the set that are in no fold, or in all but one.
    std::vector<qint32> rowsWithout(int fold) const
    {
        std::vector<qint32> rows;
        for (size_t row = 0; row < m_folds.size(); ++row) {
            if (int(m_folds[row]) != fold)
                rows.push_back(qint32(row));
        }
        return rows;
    }

    // In the order of the rows: several answers to one prompt make it no more familiar.
    QStringList distinctPrompts() const
    {
        QStringList prompts = m_set.prompts;
        prompts.removeDuplicates();
        return prompts;
    }

    // Decisions about the rows of the fold, at each strength.
    void judgeFold(int fold)
    {
        const std::vector<qint32> others = rowsWithout(fold);
        const auto input = LinearInput::fit(m_set, others, m_options.input, m_control.stop);
        const SparseMatrix read = input.read(m_set, m_control.stop);
        if (m_control.stop.stop_requested())
            return;
        const SparseMatrix matrix = CueScale(read, others, input.cues()).scaled(read);
        for (size_t head = 0; head < m_rows.size(); ++head) {
            Rows rows;
            for (const auto &row : m_rows[head]) {
                if (int(m_folds[size_t(row.row)]) != fold)
                    rows.push_back(row);
            }
            if (m_options.balance)
                balance(rows);
            LogisticRegression regression(matrix, std::move(rows), m_control.seed);
            for (size_t at = 0; at < m_options.strengths.size(); ++at) {
                if (!regression.fit(m_options.strengths[at], m_control.stop))
                    return;
                keepDecisions(regression, fold, m_rows[head], m_heldOut[head][at]);
                m_progress.stepDone(regression.loss());
            }
        }
    }

    void keepDecisions(const LogisticRegression &regression, int fold, const Rows &rows,
                       std::vector<double> &decisions) const
    {
        for (size_t at = 0; at < rows.size(); ++at) {
            if (int(m_folds[size_t(rows[at].row)]) == fold)
                decisions[at] = regression.decision(rows[at].row);
        }
    }

    void fitAll(LinearHeads &result)
    {
        const std::vector<qint32> all = rowsWithout(-1);
        result.input = LinearInput::fit(m_set, all, m_options.input, m_control.stop);
        const SparseMatrix read = result.input.read(m_set, m_control.stop);
        if (m_control.stop.stop_requested())
            return;
        const CueScale scale(read, all, result.input.cues());
        const SparseMatrix matrix = scale.scaled(read);
        result.cueMeans = scale.means();
        result.heads.resize(m_rows.size());
        inParallel(int(m_rows.size()), [&](int head) {
            fitHead(matrix, scale, size_t(head), result.heads[size_t(head)]);
        });
    }

    void fitHead(const SparseMatrix &matrix, const CueScale &scale, size_t head, LinearHead &fitted)
    {
        const size_t best = bestStrength(head);
        fitted.strength = m_options.strengths[best];
        const std::vector<double> &decisions = m_heldOut[head][best];
        for (const auto &row : m_rows[head])
            fitted.targets.push_back(double(row.target));
        fitted.calibration = Calibration::fit(m_options.calibration, decisions, fitted.targets);
        for (const double decision : decisions)
            fitted.predicted.push_back(fitted.calibration.probability(decision));
        Rows rows = m_rows[head];
        if (m_options.balance)
            balance(rows);
        LogisticRegression regression(matrix, std::move(rows), m_control.seed);
        if (!regression.fit(fitted.strength, m_control.stop))
            return;
        fitted.weights = scale.unscaled(regression.weights());
        m_progress.stepDone(regression.loss());
    }

    // The least mean loss on held-out rows; the weaker of two that lose the same.
    size_t bestStrength(size_t head) const
    {
        Rows rows = m_rows[head];
        if (m_options.balance)
            balance(rows);
        std::vector<double> losses;
        for (const std::vector<double> &decisions : m_heldOut[head]) {
            double loss = 0;
            for (size_t at = 0; at < rows.size(); ++at)
                loss +=
                    double(rows[at].weight) * logisticLoss(decisions[at], double(rows[at].target));
            losses.push_back(loss);
        }
        return size_t(std::min_element(losses.begin(), losses.end()) - losses.begin());
    }

    const TrainingSet &m_set;
    const std::vector<Rows> &m_rows;
    const LinearOptions &m_options;
    const TrainingControl &m_control;
    std::vector<quint8> m_folds;                             // by row of the set
    std::vector<std::vector<std::vector<double>>> m_heldOut; // decisions by head, strength, row
    SharedProgress m_progress;
};

} // namespace

Result<LinearHeads> fitLinearHeads(const TrainingSet &set, const std::vector<Rows> &rows,
                                   const LinearOptions &options, const TrainingControl &control)
{
    Q_ASSERT(!options.strengths.empty() && options.folds > 1);
    return HeadFitter(set, rows, options, control).fit();
}

} // namespace headgate::learning
