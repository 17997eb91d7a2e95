#include "core/providers/provider_presets.h"

using namespace Qt::StringLiterals;

namespace headgate::providers {

namespace {

using MaxTokens = Dialect::MaxTokensField;
using LogProbabilities = Dialect::LogProbabilities;

constexpr auto kLoadingTime = std::chrono::milliseconds(300'000);

Dialect plain()
{
    return {};
}

Dialect withoutLogProbabilities()
{
    return {.logProbabilities = LogProbabilities::None};
}

Dialect openAi()
{
    return {.maxTokensField = MaxTokens::MaxCompletionTokens};
}

Dialect azure()
{
    return {.maxTokensField = MaxTokens::MaxCompletionTokens,
            .keyHeader = Dialect::KeyHeader::ApiKey};
}

// Its usage comes with the last chunk, asked or not, and unknown fields are errors there.
Dialect mistral()
{
    return {.logProbabilities = LogProbabilities::None,
            .askForStreamUsage = false,
            .refusedParameters = {u"logit_bias"_s, u"user"_s, u"store"_s, u"service_tier"_s,
                                  u"stream_options"_s},
            .renamedParameters = {{u"seed"_s, u"random_seed"_s}}};
}

Dialect groq()
{
    return {.logProbabilities = LogProbabilities::None,
            .namesInMessages = false,
            .refusedParameters = {u"logit_bias"_s, u"n"_s}};
}

Dialect together()
{
    return {.logProbabilities = LogProbabilities::Integer};
}

Dialect fireworks()
{
    return {.mostTopLogProbabilities = 5};
}

Dialect xai()
{
    return {.maxTokensField = MaxTokens::MaxCompletionTokens, .reasoningOutsideCompletion = true};
}

Dialect cerebras()
{
    return {.maxTokensField = MaxTokens::MaxCompletionTokens,
            .refusedParameters = {u"frequency_penalty"_s, u"presence_penalty"_s, u"logit_bias"_s,
                                  u"parallel_tool_calls"_s, u"service_tier"_s}};
}

ProviderPreset preset(const QString &id, const QString &title, const QString &baseUrl,
                      const QString &keyVariable, const Dialect &dialect,
                      const QString &addressToFill = {})
{
    ProviderPreset result{id, title, {}, addressToFill};
    result.endpoint.name = result.endpoint.preset = id;
    result.endpoint.baseUrl = QUrl(baseUrl);
    result.endpoint.keyVariable = keyVariable;
    result.endpoint.dialect = dialect;
    return result;
}

ProviderPreset speaking(const QString &protocol, ProviderPreset preset)
{
    preset.endpoint.protocol = protocol;
    return preset;
}

// A server of one's own loads a model when it is first asked for it.
ProviderPreset local(const QString &id, const QString &title, const QString &baseUrl)
{
    ProviderPreset result = preset(id, title, baseUrl, {}, plain());
    result.endpoint.timeouts.firstByte = kLoadingTime;
    return result;
}

QList<ProviderPreset> hostedPresets()
{
    return {
        preset(u"openai"_s, u"OpenAI"_s, u"https://api.openai.com/v1"_s, u"OPENAI_API_KEY"_s,
               openAi()),
        speaking(u"anthropic"_s,
                 preset(u"anthropic"_s, u"Anthropic"_s, u"https://api.anthropic.com"_s,
                        u"ANTHROPIC_API_KEY"_s, withoutLogProbabilities())),
        speaking(u"gemini"_s, preset(u"google"_s, u"Google Gemini"_s,
                                     u"https://generativelanguage.googleapis.com"_s,
                                     u"GEMINI_API_KEY"_s, plain())),
        preset(u"azure"_s, u"Azure OpenAI"_s, u"https://resource.openai.azure.com/openai/v1"_s,
               u"AZURE_OPENAI_API_KEY"_s, azure(), u"resource"_s),
        speaking(u"azure"_s, preset(u"azure-classic"_s, u"Azure OpenAI (by deployment)"_s,
                                    u"https://resource.openai.azure.com/openai"_s,
                                    u"AZURE_OPENAI_API_KEY"_s, openAi(), u"resource"_s)),
        preset(u"mistral"_s, u"Mistral"_s, u"https://api.mistral.ai/v1"_s, u"MISTRAL_API_KEY"_s,
               mistral()),
        preset(u"groq"_s, u"Groq"_s, u"https://api.groq.com/openai/v1"_s, u"GROQ_API_KEY"_s,
               groq()),
        preset(u"together"_s, u"Together"_s, u"https://api.together.xyz/v1"_s,
               u"TOGETHER_API_KEY"_s, together()),
        preset(u"fireworks"_s, u"Fireworks"_s, u"https://api.fireworks.ai/inference/v1"_s,
               u"FIREWORKS_API_KEY"_s, fireworks()),
        preset(u"deepseek"_s, u"DeepSeek"_s, u"https://api.deepseek.com"_s, u"DEEPSEEK_API_KEY"_s,
               plain()),
        preset(u"xai"_s, u"xAI"_s, u"https://api.x.ai/v1"_s, u"XAI_API_KEY"_s, xai()),
        preset(u"openrouter"_s, u"OpenRouter"_s, u"https://openrouter.ai/api/v1"_s,
               u"OPENROUTER_API_KEY"_s, plain()),
        preset(u"cerebras"_s, u"Cerebras"_s, u"https://api.cerebras.ai/v1"_s, u"CEREBRAS_API_KEY"_s,
               cerebras()),
        preset(u"qwen"_s, u"Qwen (Model Studio)"_s,
               u"https://dashscope-intl.aliyuncs.com/compatible-mode/v1"_s, u"DASHSCOPE_API_KEY"_s,
               plain()),
        preset(u"cohere"_s, u"Cohere"_s, u"https://api.cohere.ai/compatibility/v1"_s,
               u"COHERE_API_KEY"_s, withoutLogProbabilities()),
    };
}

QList<ProviderPreset> localPresets()
{
    return {
        speaking(u"ollama"_s, local(u"ollama"_s, u"Ollama"_s, u"http://127.0.0.1:11434"_s)),
        local(u"llamacpp"_s, u"llama.cpp server"_s, u"http://127.0.0.1:8080/v1"_s),
        local(u"lmstudio"_s, u"LM Studio"_s, u"http://127.0.0.1:1234/v1"_s),
        local(u"vllm"_s, u"vLLM"_s, u"http://127.0.0.1:8000/v1"_s),
    };
}

} // namespace

const QList<ProviderPreset> &providerPresets()
{
    static const QList<ProviderPreset> presets = hostedPresets() + localPresets();
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
