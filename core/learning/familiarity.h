#pragma once

#include "core/learning/gaussian_mixture.h"
#include "core/learning/latent_space.h"

#include <optional>

namespace headgate::learning {

// How much a prompt is like those that a model was trained on, as Prediction::familiarity has it: a
// conformal p-value. Two things are looked at: the form (cues, and how common its words and pairs
// of words are on the training ground) by its density there, and the subject by its angle to the
// nearest of the ground's centres. Fitted once, then immutable; any thread.
class Familiarity
{
public:
    // Each fifth of the prompts is scored by what was fitted on the others. Of more prompts
    // than kMostPrompts, so many drawn ones are read; of fewer than kFewestPrompts nothing can be
    // told, and all prompts are familiar. None where it was stopped. The same prompts and seed give
    // the same.
    static constexpr qsizetype kMostPrompts = 4'000;
    static constexpr qsizetype kFewestPrompts = 8;
    static std::optional<Familiarity> fit(const QStringList &prompts, quint64 seed,
                                          std::stop_token stop = {});
    // Damaged where its blocks are not as addTo() wrote them.
    static Result<Familiarity> from(const Artifact &artifact);
    // Under `familiarity` in its header, and as blocks whose names start like that.
    void addTo(Artifact &artifact) const;

    // The share of held-out training prompts that are as far off or farther, the prompt itself
    // counted among them: in (0, 1]. A few microseconds a prompt of common length; any text is
    // allowed.
    double of(QStringView prompt) const;

private:
    // What prompts are compared with.
    struct Ground
    {
        FeatureSpace words{}; // and pairs of them
        std::optional<LatentSpace> subjects{};
        DenseMatrix centres{};

        static std::optional<Ground> fit(const QStringList &prompts, quint64 seed,
                                         std::stop_token stop);
    };
    // Room for one prompt.
    struct Reading
    {
        FeatureRow row;
        std::vector<float> point;
        std::vector<float> form;
        float nearest = 0; // cosine to the centre that is nearest
    };
    // Brings the scores of one part to those of the others.
    struct Scale
    {
        double middle = 0;
        double spread = 1;

        double of(double value) const { return (value - middle) / spread; }
    };
    // Prompts that were held out, and what was fitted on the others.
    struct Part
    {
        std::vector<qsizetype> held{}; // rising
        Ground ground{};
        GaussianMixture forms{};
        Scale form{};
        Scale subject{};
    };
    // Scores of the held-out prompts, rising.
    struct Ranks
    {
        std::vector<double> form;
        std::vector<double> subject;
        std::vector<double> both;
    };

    static bool readPart(const QStringList &prompts, Part &part, quint64 seed,
                         const std::stop_token &stop, DenseMatrix &forms,
                         std::vector<double> &subjects);
    static GaussianMixture mixtureWithout(const Part &part, const DenseMatrix &forms, quint64 seed);
    static Scale scaleOf(const std::vector<double> &values, const std::vector<qsizetype> &held);
    static void read(const Ground &ground, QStringView prompt, Reading &reading);
    static void readWords(const Ground &ground, const text::FoldedText &folded,
                          std::vector<float> &form);
    Result<Familiarity> withParts(const Artifact &artifact) &&;
    void rank(const std::vector<double> &forms, const std::vector<double> &subjects);
    double both(double form, double subject) const;

    bool m_tells = false; // false: too few prompts
    Part m_part;          // that prompts are compared with; without its held ones
    Ranks m_ranks;
};

} // namespace headgate::learning
