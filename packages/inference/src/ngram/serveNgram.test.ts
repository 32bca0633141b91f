import OpenAI from 'openai'
import { expect, test } from 'vitest'

import { loadShakespeare } from './loadShakespeare.js'
import { createNgramUpstream } from './serveNgram.js'
import { tokenize } from './tokenize.js'

const model = await loadShakespeare()
const { fetch } = createNgramUpstream({ model, name: 'shakespeare' })
const openai = new OpenAI({ apiKey: 'none', baseURL: 'http://localhost/v1', fetch, maxRetries: 0 })
const shared = { max_tokens: 40, model: 'shakespeare', seed: 5, temperature: 0.7 }
const chat = { ...shared, messages: [{ content: 'Speak, good sir.', role: 'user' as const }] }

test('default', async () => {
  const completion = await openai.chat.completions.create(chat)
  const [choice] = completion.choices
  expect(choice?.finish_reason).toBe('length')
  expect(choice?.message.role).toBe('assistant')
  expect(choice?.message.content?.length).toBeGreaterThan(40)
  const prompt = tokenize(model.tokenizer, { text: 'Speak, good sir.\n\n' }).length
  expect(completion.usage).toEqual({
    completion_tokens: 40,
    prompt_tokens: prompt,
    total_tokens: prompt + 40,
  })
})

test('behavior: lists and describes its model', async () => {
  const { data } = await openai.models.list()
  expect(data.map(({ id }) => id)).toEqual(['shakespeare'])
  expect((await openai.models.retrieve('shakespeare')).object).toBe('model')
})

test('behavior: completes text', async () => {
  const completion = await openai.completions.create({ ...shared, prompt: 'ROMEO:\n' })
  expect(completion.object).toBe('text_completion')
  expect(completion.choices[0]?.text.length).toBeGreaterThan(40)
  expect(completion.usage?.prompt_tokens).toBe(tokenize(model.tokenizer, { text: 'ROMEO:\n' }).length)
})

test('behavior: a stream says the same as the whole', async () => {
  const whole = await openai.chat.completions.create(chat)
  const pieces: string[] = []
  let finish: string | null = null
  for await (const { choices } of await openai.chat.completions.create({ ...chat, stream: true })) {
    pieces.push(choices[0]?.delta.content ?? '')
    finish = choices[0]?.finish_reason ?? finish
  }
  expect(pieces.join('')).toBe(whole.choices[0]?.message.content)
  expect(finish).toBe('length')
  // The role, each token, the end.
  expect(pieces).toHaveLength(1 + 40 + 1)
})

test('behavior: a text stream has a chunk for each token', async () => {
  const whole = await openai.completions.create({ ...shared, prompt: 'ROMEO:\n' })
  const pieces: string[] = []
  for await (const chunk of await openai.completions.create({
    ...shared,
    prompt: 'ROMEO:\n',
    stream: true,
  })) {
    expect(chunk).not.toHaveProperty('usage')
    pieces.push(chunk.choices[0]?.text ?? '')
  }
  expect(pieces.join('')).toBe(whole.choices[0]?.text)
  expect(pieces).toHaveLength(40 + 1)
})

test('behavior: include_usage ends with the usage, and has null before', async () => {
  const chunks = await collect({ include_usage: true })
  const last = chunks.at(-1)
  expect(last?.choices).toEqual([])
  expect(last?.usage?.completion_tokens).toBe(40)
  expect(chunks.slice(0, -1).every(({ usage }) => usage === null)).toBe(true)
})

test('behavior: continuous_usage_stats counts along', async () => {
  const chunks = await collect({ continuous_usage_stats: true, include_usage: true })
  const counts = chunks.map(({ usage }) => usage?.completion_tokens)
  expect(counts).toEqual([...Array.from({ length: 41 }, (_, made) => made), 40, 40])
  for (const { usage } of chunks)
    expect(usage?.total_tokens).toBe((usage?.prompt_tokens ?? 0) + (usage?.completion_tokens ?? 0))
})

test('behavior: stops at a stop string and counts its tokens', async () => {
  const whole = await openai.completions.create({ ...shared, prompt: 'ROMEO:\n' })
  const text = whole.choices[0]?.text ?? ''
  const stop = text.slice(20, 23)
  const stopped = await openai.completions.create({ ...shared, prompt: 'ROMEO:\n', stop })
  expect(stopped.choices[0]).toMatchObject({ finish_reason: 'stop', text: text.slice(0, text.indexOf(stop)) })
  expect(stopped.usage?.completion_tokens).toBeGreaterThan(0)
  expect(stopped.usage?.completion_tokens).toBeLessThan(40)
})

test('behavior: temperature 0 and a seed repeat, ids do not', async () => {
  const [first, second] = await Promise.all(
    [1, 2].map((seed) => openai.completions.create({ ...shared, prompt: 'O', seed, temperature: 0 })),
  )
  expect(first?.choices).toEqual(second?.choices)
  expect(first?.id).not.toBe(second?.id)
})

test('behavior: each endpoint has its default length', async () => {
  const { messages } = chat
  const spoken = await openai.chat.completions.create({ messages, model: 'shakespeare' })
  expect(spoken.usage?.completion_tokens).toBe(256)
  const written = await openai.completions.create({ model: 'shakespeare', prompt: 'O' })
  expect(written.usage?.completion_tokens).toBe(16)
  const limited = await openai.chat.completions.create({ ...chat, max_completion_tokens: 3 })
  expect(limited.usage?.completion_tokens).toBe(3)
})

test('behavior: takes messages in parts, of every role', async () => {
  const completion = await openai.chat.completions.create({
    ...chat,
    messages: [
      { content: 'Speak as a king.', role: 'system' },
      {
        content: [
          { text: 'Speak, ', type: 'text' },
          { text: 'good sir.', type: 'text' },
        ],
        role: 'user',
      },
      { content: null, role: 'assistant' },
    ],
  })
  const text = 'Speak as a king.\n\nSpeak, good sir.\n\n\n\n'
  expect(completion.usage?.prompt_tokens).toBe(tokenize(model.tokenizer, { text }).length)
})

test('behavior: takes values that change nothing', async () => {
  const completion = await openai.chat.completions.create({
    ...chat,
    frequency_penalty: 0,
    logprobs: false,
    n: 1,
    response_format: { type: 'text' },
    stop: null,
    tools: [],
    user: 'me',
  })
  expect(completion.choices).toHaveLength(1)
})

async function collect(options: { continuous_usage_stats?: boolean; include_usage: boolean }) {
  const chunks: OpenAI.Chat.ChatCompletionChunk[] = []
  for await (const chunk of await openai.chat.completions.create({
    ...chat,
    stream: true,
    stream_options: options,
  }))
    chunks.push(chunk)
  return chunks
}
