#include "core/learning/linear_input.h"

#include "core/learning/artifact_file.h"
#include "core/learning/texts.h"

#include <cmath>

namespace headgate::learning {

using namespace Qt::StringLiterals;

namespace {

// Cues of texts are many and say a little each; those of an answer say more than all its words. The
// share of the former did best on held-out rows; that of the latter was not swept.
constexpr float kShareOfTextCues = 0.1F;
constexpr float kShareOfAnswerCues = 0.5F;

// Of the answer, kept between calls.
struct LinearScratch
{
    FeatureRow answer;
    text::FoldedText question;
    AnswerScratch cues;
};
thread_local LinearScratch linearScratch;

AnswerCues cuesOf(const PromptInput &input)
{
    text::fold(input.prompt, linearScratch.question);
    text::fold(input.answer, linearScratch.answer.folded);
    return readAnswerCues(linearScratch.question, input.answer, linearScratch.answer.folded,
                          input.confidence, linearScratch.cues);
}

} // namespace

PromptInput inputOf(const TrainingSet &set, qsizetype row)
{
    PromptInput input{set.prompts.at(row)};
    if (!set.answers.isEmpty())
        input.answer = set.answers.at(row);
    if (!set.answering.isEmpty())
        input.answering = set.answering.at(row);
    if (!set.confidences.empty())
        input.confidence = set.confidences[size_t(row)];
    if (set.embeddings.columns > 0)
        input.embedding = set.embeddings.row(row);
    return input;
}

LinearInput LinearInput::fit(const TrainingSet &set, const std::vector<qint32> &rows,
                             const LinearInputOptions &options, const std::stop_token &stop)
{
    LinearInput input;
    input.m_text = options.text;
    input.m_answer = options.answer;
    input.m_answering = options.answer ? options.answering : QStringList();
    input.m_embeddingSize = options.embeddings ? set.embeddings.columns : 0;
    if (!options.text && !options.answer)
        return input;
    QStringList texts;
    for (const qint32 row : rows) {
        if (options.text)
            texts.append(set.prompts.at(row));
        if (options.answer)
            texts.append(set.answers.at(row));
    }
    input.m_space = FeatureSpace::fit(texts, options.features, stop);
    return input;
}

Result<LinearInput> LinearInput::from(const Artifact &artifact, qsizetype embeddingSize)
{
    const Json reads = artifact.header.value("reads", Json());
    if (!reads.is_object())
        return damagedArtifact(u"what it reads"_s);
    LinearInput input;
    input.m_text = reads.value("text", Json()) == Json(true);
    input.m_answer = reads.value("answer", Json()) == Json(true);
    input.m_embeddingSize = embeddingSize;
    for (const Json &name : reads.value("answering", Json::array())) {
        if (!name.is_string() || !input.m_answer)
            return damagedArtifact(u"whose answers it tells apart"_s);
        input.m_answering.append(toQString(name.get<std::string>()));
    }
    const int cues = input.m_answer ? int(kAnswerCues) : 0;
    if (reads.value("answer_cues", Json(0)) != Json(cues) ||
        (!input.m_text && !input.m_answer && embeddingSize == 0))
        return damagedArtifact(u"what it reads"_s);
    if (!input.m_text && !input.m_answer)
        return input;
    return FeatureSpace::from(artifact).map([&](FeatureSpace space) {
        input.m_space = std::move(space);
        return std::move(input);
    });
}

void LinearInput::addTo(Artifact &artifact) const
{
    Json answering = Json::array();
    for (const QString &name : m_answering)
        answering.push_back(toStdString(name));
    artifact.header["reads"] = {{"text", m_text},
                                {"answer", m_answer},
                                {"answer_cues", m_answer ? int(kAnswerCues) : 0},
                                {"answering", answering}};
    if (m_text || m_answer)
        m_space.addTo(artifact);
}

quint32 LinearInput::columns() const
{
    return textColumns() + answerColumns() + quint32(m_embeddingSize);
}

std::vector<Cue> LinearInput::cues() const
{
    std::vector<Cue> cues;
    const auto add = [&](quint32 begin, quint32 end, float share) {
        for (quint32 column = begin; column < end; ++column)
            cues.push_back({column, share});
    };
    if (m_text)
        add(m_space.grams(), m_space.columns(), kShareOfTextCues);
    if (m_answer) {
        const quint32 answerCues = textColumns() + m_space.columns();
        add(textColumns() + m_space.grams(), answerCues, kShareOfTextCues);
        add(answerCues, answerCues + quint32(kAnswerCues), kShareOfAnswerCues);
    }
    return cues;
}

// Where the columns of that model begin; columns() where it has none.
quint32 LinearInput::firstColumnOf(QStringView answering) const
{
    for (qsizetype at = 0; at < m_answering.size(); ++at) {
        if (m_answering.at(at) == answering)
            return textColumns() + m_space.columns() + quint32(kAnswerCues) +
                   quint32(at) * kColumnsOfModel;
    }
    return columns();
}

void LinearInput::read(const PromptInput &input, FeatureRow &row) const
{
    if (m_text) {
        m_space.read(input.prompt, row);
    } else {
        row.column.clear();
        row.value.clear();
    }
    if (m_answer)
        appendAnswer(input, row);
    if (m_embeddingSize > 0)
        appendEmbedding(input.embedding, row);
}

void LinearInput::appendAnswer(const PromptInput &input, FeatureRow &row) const
{
    m_space.read(input.answer, linearScratch.answer);
    for (size_t i = 0; i < linearScratch.answer.column.size(); ++i) {
        row.column.push_back(textColumns() + linearScratch.answer.column[i]);
        row.value.push_back(linearScratch.answer.value[i]);
    }
    const AnswerCues cues = cuesOf(input);
    const quint32 first = textColumns() + m_space.columns();
    for (size_t cue = 0; cue < cues.size(); ++cue) {
        if (cues[cue] == 0)
            continue;
        row.column.push_back(first + quint32(cue));
        row.value.push_back(cues[cue]);
    }
    const quint32 model = firstColumnOf(input.answering);
    if (model == columns())
        return;
    for (size_t cue = 0; cue < cues.size(); ++cue) {
        if (cues[cue] == 0)
            continue;
        row.column.push_back(model + quint32(cue));
        row.value.push_back(cues[cue]);
    }
    row.column.push_back(model + quint32(kAnswerCues));
    row.value.push_back(1);
}

void LinearInput::appendEmbedding(std::span<const float> embedding, FeatureRow &row) const
{
    Q_ASSERT(qsizetype(embedding.size()) == m_embeddingSize);
    double square = 0;
    for (const float value : embedding)
        square += double(value) * double(value);
    if (!(square > 0) || !std::isfinite(square))
        return; // it says nothing
    const auto scale = float(1 / std::sqrt(square));
    const quint32 first = textColumns() + answerColumns();
    for (size_t at = 0; at < embedding.size(); ++at) {
        row.column.push_back(first + quint32(at));
        row.value.push_back(embedding[at] * scale);
    }
}

SparseMatrix LinearInput::read(const TrainingSet &set, const std::stop_token &stop) const
{
    SparseMatrix matrix;
    matrix.columns = columns();
    matrix.ends.reserve(size_t(set.rows()));
    FeatureRow row;
    for (qsizetype at = 0; at < set.rows() && !stop.stop_requested(); ++at) {
        read(inputOf(set, at), row);
        matrix.append(row.view());
    }
    return matrix;
}

std::vector<NamedFeature> LinearInput::named(const PromptInput &input) const
{
    std::vector<NamedFeature> features;
    if (m_text)
        features = m_space.named(input.prompt);
    if (!m_answer)
        return features;
    for (NamedFeature feature : m_space.named(input.answer)) {
        feature.name = Texts::tr("answer: %1").arg(feature.name);
        feature.column += textColumns();
        features.push_back(std::move(feature));
    }
    const AnswerCues cues = cuesOf(input);
    const quint32 model = firstColumnOf(input.answering);
    for (size_t cue = 0; cue < cues.size(); ++cue) {
        if (cues[cue] == 0)
            continue;
        const QString name = answerCueName(AnswerCue(cue));
        features.push_back({name, textColumns() + m_space.columns() + quint32(cue), cues[cue]});
        if (model != columns())
            features.push_back({name, model + quint32(cue), cues[cue]});
    }
    if (model != columns())
        features.push_back(
            {Texts::tr("answered by %1").arg(input.answering), model + quint32(kAnswerCues), 1});
    return features;
}

} // namespace headgate::learning
