#include "core/learning/feature_space.h"

#include "core/learning/artifact_file.h"
#include "core/learning/texts.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <tuple>

namespace headgate::learning {

using namespace Qt::StringLiterals;

namespace {

constexpr int kFewestBits = 8;
constexpr int kMostBits = 22;
constexpr int kLongestWordGram = 5;
constexpr int kLongestCharacterGram = 8;

QString frequencyBlock(const QString &name)
{
    return name + u".idf"_s;
}

// Sorted by two passes over half of the bits each, which takes a third of the time of a sort by
// comparison.
void sortColumns(std::vector<quint32> &columns, std::vector<quint32> &scratch, int bits)
{
    const int half = (bits + 1) / 2;
    const quint32 mask = (quint32(1) << half) - 1;
    std::array<quint32, 1 << ((kMostBits + 1) / 2)> ends;
    scratch.resize(columns.size());
    for (const int shift : {0, half}) {
        std::fill_n(ends.begin(), mask + 1, 0);
        for (const quint32 column : columns)
            ++ends[(column >> shift) & mask];
        quint32 sum = 0;
        for (quint32 digit = 0; digit <= mask; ++digit)
            sum += std::exchange(ends[digit], sum);
        for (const quint32 column : columns)
            scratch[ends[(column >> shift) & mask]++] = column;
        columns.swap(scratch);
    }
}

float sublinear(size_t count)
{
    static const std::array<float, 16> kFew = [] {
        std::array<float, 16> few{};
        for (size_t i = 1; i < few.size(); ++i)
            few[i] = float(1 + std::log(double(i)));
        return few;
    }();
    return count < kFew.size() ? kFew[count] : float(1 + std::log(double(count)));
}

Json toJson(const FeatureOptions &options, qsizetype texts)
{
    return {{"texts", texts},
            {"version", text::kGramVersion},
            {"word_grams", options.wordGrams},
            {"character_from", options.characterFrom},
            {"character_to", options.characterTo},
            {"bits", options.bits},
            {"cues", options.cues ? int(text::kPromptCues) : 0},
            {"minimum_texts", options.minimumTexts},
            {"most_grams", options.mostGrams}};
}

int intIn(const Json &object, const char *key)
{
    const double value = jsonNumber(object, key, -1);
    return value >= 0 && value <= 1'000'000'000 ? int(value) : -1;
}

} // namespace

bool FeatureSpace::takes(const FeatureOptions &options)
{
    const bool characters =
        options.characterTo == 0 ||
        (options.characterFrom >= 1 && options.characterFrom <= options.characterTo &&
         options.characterTo <= kLongestCharacterGram);
    return characters && options.minimumTexts >= 1 && options.mostGrams >= 0 &&
           options.wordGrams >= 0 && options.wordGrams <= kLongestWordGram &&
           options.bits >= kFewestBits && options.bits <= kMostBits;
}

FeatureSpace FeatureSpace::fit(const QStringList &texts, const FeatureOptions &options,
                               std::stop_token stop)
{
    Q_ASSERT(takes(options));
    FeatureSpace space;
    space.m_options = options;
    std::vector<quint32> frequency(space.grams());
    FeatureRow row;

    for (const QString &text : texts) {
        if (stop.stop_requested())
            break;
        text::fold(text, row.folded);
        space.findHits(row);
        const auto end = std::unique(row.hits.begin(), row.hits.end());
        for (auto column = row.hits.begin(); column != end; ++column)
            ++frequency[*column];
        ++space.m_texts;
    }
    space.m_inverseFrequency.resize(frequency.size());
    const auto read = double(space.m_texts);
    std::transform(frequency.begin(), frequency.end(), space.m_inverseFrequency.begin(),
                   [&](quint32 in) {
                       return in < quint32(options.minimumTexts)
                                  ? 0.0F
                                  : float(1 + std::log((1.0 + read) / (1.0 + in)));
                   });
    space.keepMost(frequency);
    return space;
}

void FeatureSpace::keepMost(const std::vector<quint32> &frequency)
{
    std::vector<quint32> kept;
    for (quint32 column = 0; column < grams(); ++column) {
        if (m_inverseFrequency[column] > 0)
            kept.push_back(column);
    }
    const auto most = size_t(m_options.mostGrams);
    if (most == 0 || kept.size() <= most)
        return;
    const auto weight = [&](quint32 column) {
        const double inverse = double(m_inverseFrequency[column]);
        return double(frequency[column]) * inverse * inverse;
    };
    std::sort(kept.begin(), kept.end(), [&](quint32 a, quint32 b) {
        return weight(a) != weight(b) ? weight(a) > weight(b) : a < b;
    });
    for (size_t at = most; at < kept.size(); ++at)
        m_inverseFrequency[kept[at]] = 0;
}

Result<FeatureSpace> FeatureSpace::from(const Artifact &artifact, const QString &name)
{
    const Json head = artifact.header.value(toStdString(name), Json());
    if (intIn(head, "version") > text::kGramVersion || intIn(head, "cues") > int(text::kPromptCues))
        return fail(ErrorCode::UnsupportedVersion,
                    Texts::tr("It was trained by a newer version of Headgate."));
    FeatureSpace space;
    space.m_options = {intIn(head, "word_grams"),   intIn(head, "character_from"),
                       intIn(head, "character_to"), intIn(head, "bits"),
                       intIn(head, "cues") > 0,     intIn(head, "minimum_texts"),
                       intIn(head, "most_grams")};
    space.m_texts = intIn(head, "texts");
    if (!takes(space.m_options) || head != toJson(space.m_options, space.m_texts))
        return damagedArtifact(u"the options of its features"_s);
    return finiteNumbersIn<float>(artifact, frequencyBlock(name), space.grams())
        .and_then([&](std::vector<float> frequency) -> Result<FeatureSpace> {
            if (std::any_of(frequency.begin(), frequency.end(),
                            [](float value) { return value < 0 || value > 100; }))
                return damagedArtifact(u"the frequencies of its features"_s);
            space.m_inverseFrequency = std::move(frequency);
            return std::move(space);
        });
}

void FeatureSpace::addTo(Artifact &artifact, const QString &name) const
{
    artifact.header[toStdString(name)] = toJson(m_options, m_texts);
    artifact.blocks.insert(frequencyBlock(name), blockOf(m_inverseFrequency));
}

// The columns of all grams, rising, each as often as the text has it.
void FeatureSpace::findHits(FeatureRow &row) const
{
    row.hits.clear();
    text::forEachGram(row.folded, gramOptions(),
                      [&](quint64 hash, quint32, quint32) { row.hits.push_back(columnOf(hash)); });
    sortColumns(row.hits, row.sorted, m_options.bits);
}

void FeatureSpace::weigh(FeatureRow &row) const
{
    row.column.clear();
    row.value.clear();
    float square = 0;
    for (size_t at = 0; at < row.hits.size();) {
        const quint32 column = row.hits[at];
        const size_t begin = at;
        while (at < row.hits.size() && row.hits[at] == column)
            ++at;
        const float value = m_inverseFrequency[column] * sublinear(at - begin);
        if (value == 0)
            continue;
        row.column.push_back(column);
        row.value.push_back(value);
        square += value * value;
    }
    const float scale = square > 0 ? 1 / std::sqrt(square) : 0;
    for (float &value : row.value)
        value *= scale;
}

void FeatureSpace::appendCues(QStringView text, FeatureRow &row) const
{
    const text::PromptCues cues = text::readPromptCues(text, row.folded);
    for (size_t cue = 0; cue < cues.size(); ++cue) {
        if (cues[cue] == 0)
            continue;
        row.column.push_back(grams() + quint32(cue));
        row.value.push_back(cues[cue]);
    }
}

void FeatureSpace::readFolded(FeatureRow &row) const
{
    findHits(row);
    weigh(row);
}

void FeatureSpace::read(QStringView text, FeatureRow &row) const
{
    text::fold(text, row.folded);
    readFolded(row);
    if (m_options.cues)
        appendCues(text, row);
}

SparseMatrix FeatureSpace::read(const QStringList &texts, std::stop_token stop) const
{
    SparseMatrix matrix;
    matrix.columns = columns();
    matrix.ends.reserve(size_t(texts.size()));
    FeatureRow row;
    for (const QString &text : texts) {
        if (stop.stop_requested())
            break;
        read(text, row);
        matrix.append(row.view());
    }
    return matrix;
}

std::vector<NamedFeature> FeatureSpace::named(QStringView text) const
{
    FeatureRow row;
    read(text, row);
    std::vector<NamedFeature> grams;
    text::forEachGram(row.folded, gramOptions(), [&](quint64 hash, quint32 begin, quint32 end) {
        grams.push_back({row.folded.slice(begin, end), columnOf(hash), 1});
    });
    std::sort(grams.begin(), grams.end(), [](const NamedFeature &a, const NamedFeature &b) {
        return std::tie(a.column, a.name) < std::tie(b.column, b.name);
    });
    std::vector<NamedFeature> features;
    auto gram = grams.begin();
    for (size_t at = 0; at < row.column.size(); ++at) {
        const quint32 column = row.column[at];
        if (column >= this->grams()) {
            const auto cue = text::PromptCue(column - this->grams());
            features.push_back({text::promptCueName(cue), column, row.value[at]});
            continue;
        }
        while (gram->column < column) // of no text that it was fitted on
            ++gram;
        const auto end = std::find_if(gram, grams.end(), [column](const NamedFeature &other) {
            return other.column != column;
        });
        // Grams that share a column share its value, by how often they stand there.
        const float share = row.value[at] / float(end - gram);
        for (; gram != end; ++gram) {
            if (!features.empty() && features.back().column == column &&
                features.back().name == gram->name)
                features.back().value += share;
            else
                features.push_back({gram->name, column, share});
        }
    }
    return features;
}

} // namespace headgate::learning
