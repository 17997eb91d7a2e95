#include "core/learning/familiarity.h"

#include "core/common/seeded_random.h"
#include "core/learning/artifact_file.h"
#include "core/learning/held_out_folds.h"
#include "core/learning/sphere_centres.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

namespace headgate::learning {

using namespace Qt::StringLiterals;

namespace {

constexpr int kHeldOutParts = 5;
// Fewer held-out prompts have no scale of their own worth the name.
constexpr size_t kFewestOfAScale = 10;
constexpr double kLeastSpread = 1e-3;
constexpr qsizetype kCentres = 64;
constexpr int kComponents = 16;
constexpr qsizetype kPromptsAComponent = 40;
// Besides the cues: how common its words and pairs of words are, how much of them is known, how
// much of its subject.
constexpr qsizetype kWordFigures = 5;
constexpr qsizetype kFormSize = qsizetype(text::kPromptCues) + kWordFigures;

const QString kName = u"familiarity"_s;
const QString kWordsName = u"familiarity.words"_s;
const QString kSubjectsName = u"familiarity.subjects"_s;
const QString kFormsName = u"familiarity.forms"_s;
const QString kScalesName = u"familiarity.scales"_s;
const QString kCentresName = u"familiarity.centres"_s;

FeatureOptions wordOptions()
{
    FeatureOptions options;
    options.wordGrams = 2;
    options.characterTo = 0;
    options.bits = 17;
    options.cues = false;
    return options;
}

LatentOptions subjectOptions()
{
    LatentOptions options;
    options.dimensions = 64;
    options.features = {.wordGrams = 1,
                        .characterFrom = 3,
                        .characterTo = 0,
                        .bits = 15,
                        .cues = false,
                        .minimumTexts = 2,
                        .mostGrams = 6'000};
    return options;
}

int componentsFor(qsizetype prompts)
{
    return int(std::clamp<qsizetype>(prompts / kPromptsAComponent, 1, kComponents));
}

// The share of the ranks that are as low or lower, what is asked about counted in.
double shareAtMost(const std::vector<double> &rising, double value)
{
    if (std::isnan(value)) // of nothing that lies on the ground
        return 1 / double(rising.size() + 1);
    const auto end = std::upper_bound(rising.begin(), rising.end(), value);
    return double(end - rising.begin() + 1) / double(rising.size() + 1);
}

std::vector<double> inOrder(std::vector<double> values)
{
    std::sort(values.begin(), values.end());
    return values;
}

// Between the quartiles.
double spreadOf(const std::vector<double> &rising)
{
    return std::max(rising[rising.size() * 3 / 4] - rising[rising.size() / 4], kLeastSpread);
}

// Not all of them, in any case: what is read decides how long training takes.
QStringList drawn(QStringList prompts, quint64 seed)
{
    if (prompts.size() <= Familiarity::kMostPrompts)
        return prompts;
    SeededRandom random(seed);
    random.shuffle(std::span(prompts.begin(), size_t(prompts.size())));
    return prompts.first(Familiarity::kMostPrompts);
}

} // namespace

Familiarity::Scale Familiarity::scaleOf(const std::vector<double> &values,
                                        const std::vector<qsizetype> &held)
{
    if (held.size() < kFewestOfAScale)
        return {};
    std::vector<double> own;
    for (const qsizetype at : held)
        own.push_back(values[size_t(at)]);
    std::sort(own.begin(), own.end());
    return {own[own.size() / 2], spreadOf(own)};
}

std::optional<Familiarity::Ground> Familiarity::Ground::fit(const QStringList &prompts,
                                                            quint64 seed, std::stop_token stop)
{
    Ground ground;
    ground.words = FeatureSpace::fit(prompts, wordOptions(), stop);
    ground.subjects = LatentSpace::fit(prompts, subjectOptions(), seed, stop);
    if (!ground.subjects)
        return {};
    ground.centres = sphereCentres(ground.subjects->transform(prompts, stop), kCentres, seed);
    return stop.stop_requested() ? std::nullopt : std::optional(std::move(ground));
}

// How rare its words are and its pairs of words, in the mean, and how much of them is known.
void Familiarity::readWords(const Ground &ground, const text::FoldedText &folded,
                            std::vector<float> &form)
{
    struct Sum
    {
        double rarity = 0;
        double knownSquares = 0;
        double squares = 0;
        double count = 0;
    };
    std::array<Sum, 2> sums; // of words, of pairs
    const double unknown = 1 + std::log(1 + double(ground.words.texts()));
    size_t word = 0;
    text::forEachGram(folded, {2, 3, 0}, [&](quint64 gram, quint32 begin, quint32 end) {
        if (begin != folded.words[word].begin)
            ++word;
        Sum &sum = sums[end == folded.words[word].end ? 0 : 1];
        const auto rarity = double(ground.words.inverseFrequencyOf(gram));
        const double weight = rarity > 0 ? rarity : unknown;
        sum.rarity += rarity > 0 ? rarity : unknown + 1;
        sum.knownSquares += rarity * rarity;
        sum.squares += weight * weight;
        ++sum.count;
    });
    for (const Sum &sum : sums) {
        form.push_back(float(sum.count > 0 ? sum.rarity / sum.count : unknown + 1));
        form.push_back(float(sum.squares > 0 ? sum.knownSquares / sum.squares : 0));
    }
}

void Familiarity::read(const Ground &ground, QStringView prompt, Reading &reading)
{
    text::fold(prompt, reading.row.folded);
    const text::PromptCues cues = text::readPromptCues(prompt, reading.row.folded);
    reading.form.assign(cues.begin(), cues.end());
    readWords(ground, reading.row.folded, reading.form);
    reading.point.resize(size_t(ground.subjects->size()));
    reading.form.push_back(ground.subjects->transformFolded(reading.row, reading.point));
    reading.nearest = nearestCosine(ground.centres, reading.point);
}

bool Familiarity::readPart(const QStringList &prompts, Part &part, quint64 seed,
                           const std::stop_token &stop, DenseMatrix &forms,
                           std::vector<double> &subjects)
{
    QStringList others = prompts;
    for (auto held = part.held.rbegin(); held != part.held.rend(); ++held)
        others.removeAt(*held);
    auto ground = Ground::fit(others, seed, stop);
    if (!ground)
        return false;
    part.ground = *std::move(ground);
    Reading reading;
    for (const qsizetype held : part.held) {
        read(part.ground, prompts[held], reading);
        std::copy(reading.form.begin(), reading.form.end(), forms.row(held).begin());
        subjects[size_t(held)] = double(reading.nearest);
    }
    return true;
}

GaussianMixture Familiarity::mixtureWithout(const Part &part, const DenseMatrix &forms,
                                            quint64 seed)
{
    DenseMatrix others;
    others.columns = forms.columns;
    auto held = part.held.begin();
    for (qsizetype row = 0; row < forms.rows(); ++row) {
        if (held != part.held.end() && *held == row) {
            ++held;
            continue;
        }
        const auto form = forms.row(row);
        others.values.insert(others.values.end(), form.begin(), form.end());
    }
    if (others.values.empty()) // the prompts are all the same one
        others = forms;
    return GaussianMixture::fit(others, componentsFor(others.rows()), seed);
}

// The part with most held-out prompts is kept. Each was fitted on as many prompts as the one that
// is kept, or its held-out prompts would not be as far off as those to come.
std::optional<Familiarity> Familiarity::fit(const QStringList &all, quint64 seed,
                                            std::stop_token stop)
{
    Familiarity familiarity;
    if (all.size() < kFewestPrompts)
        return stop.stop_requested() ? std::nullopt : std::optional(std::move(familiarity));
    const QStringList prompts = drawn(all, seed);
    const auto count = size_t(prompts.size());
    std::array<Part, kHeldOutParts> parts;
    const std::vector<quint8> folds = heldOutFolds(prompts, kHeldOutParts, seed);
    for (size_t at = 0; at < count; ++at)
        parts[folds[at]].held.push_back(qsizetype(at));

    DenseMatrix forms;
    forms.columns = kFormSize;
    forms.values.resize(count * size_t(kFormSize));
    std::vector<double> densities(count);
    std::vector<double> subjects(count);
    for (Part &part : parts) {
        if (!readPart(prompts, part, seed, stop, forms, subjects))
            return {};
    }
    for (Part &part : parts) {
        part.forms = mixtureWithout(part, forms, seed);
        for (const qsizetype held : part.held)
            densities[size_t(held)] = part.forms.logDensity(forms.row(held));
        part.form = scaleOf(densities, part.held);
        part.subject = scaleOf(subjects, part.held);
        for (const qsizetype held : part.held) {
            densities[size_t(held)] = part.form.of(densities[size_t(held)]);
            subjects[size_t(held)] = part.subject.of(subjects[size_t(held)]);
        }
    }
    const auto kept =
        std::max_element(parts.begin(), parts.end(), [](const Part &a, const Part &b) {
            return a.held.size() < b.held.size();
        });
    familiarity.m_tells = true;
    familiarity.m_part = std::move(*kept);
    familiarity.m_part.held.clear();
    familiarity.rank(densities, subjects);
    return familiarity;
}

void Familiarity::rank(const std::vector<double> &forms, const std::vector<double> &subjects)
{
    m_ranks.form = inOrder(forms);
    m_ranks.subject = inOrder(subjects);
    m_ranks.both.clear();
    for (size_t at = 0; at < forms.size(); ++at)
        m_ranks.both.push_back(both(forms[at], subjects[at]));
    m_ranks.both = inOrder(std::move(m_ranks.both));
}

// Fisher's way to make one of two p-values; ties are told apart by the density.
double Familiarity::both(double form, double subject) const
{
    return std::log(shareAtMost(m_ranks.form, form)) +
           std::log(shareAtMost(m_ranks.subject, subject)) + 1e-6 * form;
}

double Familiarity::of(QStringView prompt) const
{
    if (!m_tells)
        return 1;
    // Kept by the thread: predictions are made often, and one after the other.
    thread_local Reading reading;
    read(m_part.ground, prompt, reading);
    return shareAtMost(m_ranks.both, both(m_part.form.of(m_part.forms.logDensity(reading.form)),
                                          m_part.subject.of(double(reading.nearest))));
}

Result<Familiarity> Familiarity::from(const Artifact &artifact)
{
    const Json head = artifact.header.value(toStdString(kName), Json());
    const double prompts = jsonNumber(head, "prompts", -1);
    Familiarity familiarity;
    familiarity.m_tells = prompts > 0;
    if (prompts == 0)
        return familiarity;
    if (!(prompts >= double(kFewestPrompts) && prompts <= double(kMostPrompts)))
        return damagedArtifact(u"the number of prompts of its familiarity"_s);
    for (auto [name, ranks] : {std::pair(u".form"_s, &familiarity.m_ranks.form),
                               std::pair(u".subject"_s, &familiarity.m_ranks.subject),
                               std::pair(u".both"_s, &familiarity.m_ranks.both)}) {
        auto read = finiteNumbersIn<double>(artifact, kName + name, size_t(prompts));
        if (!read)
            return tl::unexpected(read.error());
        if (!std::is_sorted(read->begin(), read->end()))
            return damagedArtifact(u"the ranks of its familiarity"_s);
        *ranks = std::move(*read);
    }
    return std::move(familiarity).withParts(artifact);
}

Result<Familiarity> Familiarity::withParts(const Artifact &artifact) &&
{
    auto words = FeatureSpace::from(artifact, kWordsName);
    if (!words)
        return tl::unexpected(words.error());
    auto subjects = LatentSpace::from(artifact, kSubjectsName);
    if (!subjects)
        return tl::unexpected(subjects.error());
    if (words->options() != wordOptions() || subjects->options() != subjectOptions())
        return damagedArtifact(u"the options of its familiarity"_s);
    auto forms = GaussianMixture::from(artifact, kFormsName, kFormSize);
    if (!forms)
        return tl::unexpected(forms.error());
    auto centres = finiteNumbersIn<float>(
        artifact, kCentresName, size_t(artifact.blocks.value(kCentresName).size()) / sizeof(float));
    if (!centres)
        return tl::unexpected(centres.error());
    if (qsizetype(centres->size()) % subjects->size() != 0)
        return damagedArtifact(u"the centres of its familiarity"_s);
    auto scales = finiteNumbersIn<double>(artifact, kScalesName, 4);
    if (!scales)
        return tl::unexpected(scales.error());
    if (!((*scales)[1] > 0 && (*scales)[3] > 0))
        return damagedArtifact(u"the scales of its familiarity"_s);
    m_part.form = {(*scales)[0], (*scales)[1]};
    m_part.subject = {(*scales)[2], (*scales)[3]};
    m_part.ground.words = *std::move(words);
    m_part.ground.subjects = *std::move(subjects);
    m_part.ground.centres = {m_part.ground.subjects->size(), *std::move(centres)};
    m_part.forms = *std::move(forms);
    return std::move(*this);
}

void Familiarity::addTo(Artifact &artifact) const
{
    artifact.header[toStdString(kName)] = {{"prompts", m_ranks.both.size()}};
    if (!m_tells)
        return;
    artifact.blocks.insert(kName + u".form"_s, blockOf(m_ranks.form));
    artifact.blocks.insert(kName + u".subject"_s, blockOf(m_ranks.subject));
    artifact.blocks.insert(kName + u".both"_s, blockOf(m_ranks.both));
    artifact.blocks.insert(
        kScalesName, blockOf(std::vector<double>{m_part.form.middle, m_part.form.spread,
                                                 m_part.subject.middle, m_part.subject.spread}));
    artifact.blocks.insert(kCentresName, blockOf(m_part.ground.centres.values));
    m_part.ground.words.addTo(artifact, kWordsName);
    m_part.ground.subjects->addTo(artifact, kSubjectsName);
    m_part.forms.addTo(artifact, kFormsName);
}

} // namespace headgate::learning
