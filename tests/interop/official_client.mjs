// Runs one official client library against a base URL on loopback and prints what it sent and what
// it made of the answers, as one JSON object.
//
//   node official_client.mjs <protocol> <base URL> <folder with node_modules>
//
// Exit code 3: the library is not there.

import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import path from 'node:path';

const [protocol, base, modules] = process.argv.slice(2);
const require = createRequire(path.join(modules, 'anywhere.js'));

async function load(name) {
    try {
        return await import(pathToFileURL(require.resolve(name)).href);
    } catch (error) {
        if (error.code === 'MODULE_NOT_FOUND') {
            console.error(`${name} is not installed in ${modules}`);
            process.exit(3);
        }
        throw error;
    }
}

// What the library sends, before it leaves.
const sent = [];
const realFetch = globalThis.fetch;
async function recordingFetch(input, init) {
    const request = new Request(input, init);
    const text = request.method === 'POST' ? await request.clone().text() : '';
    sent.push({
        method: request.method,
        target: request.url.slice(base.length),
        headers: Object.fromEntries(request.headers),
        body: text ? JSON.parse(text) : null,
    });
    return realFetch(input, init);
}
globalThis.fetch = recordingFetch;

const model = 'albatross';
const system = 'Be brief.';
const question = 'What is the capital of France?';
const texts = ['the quick brown fox', 'invoice due'];

async function openai() {
    const { default: OpenAI } = await load('openai');
    const client = new OpenAI({ baseURL: base, apiKey: 'key', maxRetries: 0,
                                fetch: recordingFetch });
    const messages = [{ role: 'system', content: system }, { role: 'user', content: question }];
    const asked = { model, messages, max_tokens: 64, stop: ['END'] };
    const whole = await client.chat.completions.create(asked);
    const stream = await client.chat.completions.create(
        { ...asked, stream: true, stream_options: { include_usage: true } });
    const streamed = { text: '', finish: '', usage: null };
    for await (const chunk of stream) {
        streamed.text += chunk.choices[0]?.delta?.content ?? '';
        streamed.finish ||= chunk.choices[0]?.finish_reason ?? '';
        if (chunk.usage)
            streamed.usage = [chunk.usage.prompt_tokens, chunk.usage.completion_tokens];
    }
    const models = [];
    for await (const item of client.models.list())
        models.push(item.id);
    const embedded = await client.embeddings.create({ model: 'plume', input: texts });
    return {
        whole: { text: whole.choices[0].message.content, finish: whole.choices[0].finish_reason,
                 usage: [whole.usage.prompt_tokens, whole.usage.completion_tokens] },
        streamed, models, vectors: embedded.data.map((item) => item.embedding),
        refused: await refusal(() => client.chat.completions.create({ ...asked, model: 'dodo' })),
    };
}

async function anthropic() {
    const { default: Anthropic } = await load('@anthropic-ai/sdk');
    const client = new Anthropic({ baseURL: base, apiKey: 'key', maxRetries: 0,
                                   fetch: recordingFetch });
    const asked = { model, system, max_tokens: 64, stop_sequences: ['END'],
                    messages: [{ role: 'user', content: question }] };
    const tell = (message) => ({
        text: message.content.map((block) => block.text ?? '').join(''),
        finish: message.stop_reason,
        usage: [message.usage.input_tokens, message.usage.output_tokens],
    });
    const whole = tell(await client.messages.create(asked));
    const streamed = tell(await client.messages.stream(asked).finalMessage());
    const models = [];
    for await (const item of client.models.list())
        models.push(item.id);
    return { whole, streamed, models, vectors: [],
             refused: await refusal(() => client.messages.create({ ...asked, model: 'dodo' })) };
}

async function gemini() {
    const { GoogleGenAI } = await load('@google/genai');
    const client = new GoogleGenAI({ apiKey: 'key', httpOptions: { baseUrl: base } });
    const asked = { model, contents: question,
                    config: { systemInstruction: system, maxOutputTokens: 64,
                              stopSequences: ['END'] } };
    const usage = (response) => [response.usageMetadata.promptTokenCount,
                                 response.usageMetadata.candidatesTokenCount];
    const answer = await client.models.generateContent(asked);
    const streamed = { text: '', finish: '', usage: null };
    for await (const chunk of await client.models.generateContentStream(asked)) {
        streamed.text += chunk.text ?? '';
        streamed.finish = chunk.candidates?.[0]?.finishReason ?? streamed.finish;
        streamed.usage = usage(chunk);
    }
    const models = [];
    for await (const item of await client.models.list())
        models.push(item.name.replace('models/', ''));
    const embedded = await client.models.embedContent({ model: 'plume', contents: texts });
    return { whole: { text: answer.text, finish: answer.candidates[0].finishReason,
                      usage: usage(answer) },
             streamed, models, vectors: embedded.embeddings.map((item) => item.values),
             refused: await refusal(() => client.models.generateContent(
                 { ...asked, model: 'dodo' })) };
}

async function ollama() {
    const { Ollama } = await load('ollama');
    const client = new Ollama({ host: base, fetch: recordingFetch });
    const asked = { model, options: { num_predict: 64, stop: ['END'] },
                    messages: [{ role: 'system', content: system },
                               { role: 'user', content: question }] };
    const tell = (line) => ({ finish: line.done_reason,
                              usage: [line.prompt_eval_count, line.eval_count] });
    const answer = await client.chat(asked);
    let streamed = { text: '' };
    for await (const line of await client.chat({ ...asked, stream: true })) {
        streamed.text += line.message.content;
        if (line.done)
            streamed = { ...streamed, ...tell(line) };
    }
    const models = (await client.list()).models.map((item) => item.name);
    const embedded = await client.embed({ model: 'plume', input: texts });
    return { whole: { text: answer.message.content, ...tell(answer) }, streamed, models,
             vectors: embedded.embeddings,
             refused: await refusal(() => client.chat({ ...asked, model: 'dodo' })) };
}

// The status that the library read out of an error.
async function refusal(call) {
    try {
        await call();
        return 0;
    } catch (error) {
        return error.status ?? error.status_code ?? -1;
    }
}

const results = await { openai, anthropic, gemini, ollama }[protocol]();
console.log(JSON.stringify({ sent, ...results }));
