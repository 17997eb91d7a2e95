#pragma once

#include "core/learning/feature_space.h"

#include <optional>

namespace headgate::learning {

struct LatentOptions
{
    int dimensions = 128;
    // Of the rows that are taken apart. Few grams keep the artifact small.
    FeatureOptions features = {.wordGrams = 2,
                               .characterFrom = 3,
                               .characterTo = 5,
                               .bits = 18,
                               .cues = false,
                               .minimumTexts = 2,
                               .mostGrams = 20'000};

    bool operator==(const LatentOptions &) const = default;
};

// Latent semantic analysis: texts as points on the unit sphere of few dimensions, those in which
// the TF-IDF rows of the texts that it was fitted on vary most (truncated SVD by a randomized range
// finder, Halko, Martinsson, Tropp, "Finding structure with randomness", 2011). Words that stand in
// the same company lie near each other, so texts without a word in common may, too. Fitted once,
// then immutable; any thread.
class LatentSpace
{
public:
    static constexpr int kMostDimensions = 1024;
    // The same texts, options and seed give the same space. None where it was stopped. Of fewer
    // texts than dimensions (or of such that are alike), the dimensions that are left are zero.
    static std::optional<LatentSpace> fit(const QStringList &texts, const LatentOptions &options,
                                          quint64 seed, std::stop_token stop = {});
    // Damaged where its blocks are not as addTo() wrote them.
    static Result<LatentSpace> from(const Artifact &artifact,
                                    const QString &name = QStringLiteral("latent"));
    // Under that name in the header, and as blocks whose names start with it: a byte for a gram
    // and a dimension.
    void addTo(Artifact &artifact, const QString &name = QStringLiteral("latent")) const;

    qsizetype size() const { return m_options.dimensions; }
    const LatentOptions &options() const { return m_options; }
    // Writes size() numbers: the text at length one, or zeros where it has no gram that is known.
    // Returns the share of the text that the dimensions explain, in [0, 1].
    float transform(QStringView text, FeatureRow &row, std::span<float> into) const;
    // The same of what text::fold() left in the row.
    float transformFolded(FeatureRow &row, std::span<float> into) const;
    // One row a text; fewer where it is stopped.
    DenseMatrix transform(const QStringList &texts, std::stop_token stop = {}) const;

private:
    void placeGrams();
    void setAxes(std::vector<qint8> steps, std::vector<float> scales);

    LatentOptions m_options;
    FeatureSpace m_features;
    std::vector<quint32> m_places; // of a column of the features among those that count
    qsizetype m_grams = 0;         // that count
    std::vector<float> m_axes;     // grams x dimensions: each gram's point
    // What m_axes was made of, and what is kept: a byte a number, in steps of the gram's scale.
    std::vector<qint8> m_steps;
    std::vector<float> m_scales;
};

} // namespace headgate::learning
