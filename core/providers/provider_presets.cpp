#include "core/providers/provider_presets.h"

using namespace Qt::StringLiterals;

namespace headgate::providers {

namespace {

using MaxTokens = Dialect::MaxTokensField;
using LogProbabilities = Dialect::LogProbabilities;

constexpr Dialect kPlain{};
constexpr Dialect kNoLogProbabilities{.logProbabilities = LogProbabilities::None};
constexpr Dialect kOpenAi{.maxTokensField = MaxTokens::MaxCompletionTokens};
constexpr Dialect kAzure{.maxTokensField = MaxTokens::MaxCompletionTokens,
                         .keyHeader = Dialect::KeyHeader::ApiKey};
// Its usage comes with the last chunk, asked or not, and unknown fields are errors there.
constexpr Dialect kMistral{.logProbabilities = LogProbabilities::None, .askForStreamUsage = false};
constexpr Dialect kTogether{.logProbabilities = LogProbabilities::Integer};
constexpr Dialect kXai{.maxTokensField = MaxTokens::MaxCompletionTokens,
                       .reasoningOutsideCompletion = true};

ProviderPreset preset(const QString &id, const QString &title, const QString &baseUrl,
                      const QString &keyVariable, const Dialect &dialect,
                      const QString &addressToFill = {})
{
    ProviderPreset result{id, title, {}, addressToFill};
    result.endpoint.name = id;
    result.endpoint.baseUrl = QUrl(baseUrl);
    result.endpoint.keyVariable = keyVariable;
    result.endpoint.dialect = dialect;
    return result;
}

} // namespace

const QList<ProviderPreset> &providerPresets()
{
    static const QList<ProviderPreset> presets = {
        preset(u"openai"_s, u"OpenAI"_s, u"https://api.openai.com/v1"_s, u"OPENAI_API_KEY"_s,
               kOpenAi),
        preset(u"azure"_s, u"Azure OpenAI"_s, u"https://resource.openai.azure.com/openai/v1"_s,
               u"AZURE_OPENAI_API_KEY"_s, kAzure, u"resource"_s),
        preset(u"mistral"_s, u"Mistral"_s, u"https://api.mistral.ai/v1"_s, u"MISTRAL_API_KEY"_s,
               kMistral),
        preset(u"groq"_s, u"Groq"_s, u"https://api.groq.com/openai/v1"_s, u"GROQ_API_KEY"_s,
               kNoLogProbabilities),
        preset(u"together"_s, u"Together"_s, u"https://api.together.xyz/v1"_s,
               u"TOGETHER_API_KEY"_s, kTogether),
        preset(u"fireworks"_s, u"Fireworks"_s, u"https://api.fireworks.ai/inference/v1"_s,
               u"FIREWORKS_API_KEY"_s, kPlain),
        preset(u"deepseek"_s, u"DeepSeek"_s, u"https://api.deepseek.com"_s, u"DEEPSEEK_API_KEY"_s,
               kPlain),
        preset(u"xai"_s, u"xAI"_s, u"https://api.x.ai/v1"_s, u"XAI_API_KEY"_s, kXai),
        preset(u"openrouter"_s, u"OpenRouter"_s, u"https://openrouter.ai/api/v1"_s,
               u"OPENROUTER_API_KEY"_s, kPlain),
        preset(u"qwen"_s, u"Qwen (Model Studio)"_s,
               u"https://dashscope-intl.aliyuncs.com/compatible-mode/v1"_s, u"DASHSCOPE_API_KEY"_s,
               kPlain),
        preset(u"cohere"_s, u"Cohere"_s, u"https://api.cohere.ai/compatibility/v1"_s,
               u"COHERE_API_KEY"_s, kNoLogProbabilities),
        preset(u"vllm"_s, u"vLLM"_s, u"http://127.0.0.1:8000/v1"_s, {}, kPlain),
        preset(u"llamacpp"_s, u"llama.cpp server"_s, u"http://127.0.0.1:8080/v1"_s, {}, kPlain),
        preset(u"lmstudio"_s, u"LM Studio"_s, u"http://127.0.0.1:1234/v1"_s, {}, kPlain),
        preset(u"ollama"_s, u"Ollama"_s, u"http://127.0.0.1:11434/v1"_s, {}, kPlain),
    };
    return presets;
}

const ProviderPreset *findPreset(const QString &id)
{
    for (const ProviderPreset &preset : providerPresets()) {
        if (preset.id == id)
            return &preset;
    }
    return nullptr;
}

} // namespace headgate::providers
