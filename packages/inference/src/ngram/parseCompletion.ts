import * as z from 'zod/mini'

import { NgramRequestError } from './errors.js'

/** What a completion request asks for, in one shape for both endpoints. */
export type CompletionRequest = {
  kind: 'chat' | 'text'
  maxTokens: number | undefined
  /** The parameter that `maxTokens` came from. */
  maxTokensParam: 'max_completion_tokens' | 'max_tokens'
  model: string
  prompt: string
  seed: number | undefined
  stop: string[]
  stream: undefined | { continuousUsage: boolean; includeUsage: boolean }
  temperature: number | undefined
  topP: number | undefined
}

/** Reads the parsed JSON body of a completion request. */
export type ParseCompletion = (kind: CompletionRequest['kind'], body: unknown) => CompletionRequest

/**
 * Makes the parser of completion requests. Its schemas compile at first use, so one parser serves all requests.
 *
 * @internal
 */
export function createCompletionParser(): ParseCompletion {
  const tokens = z.nullish(z.int().check(z.positive()))
  const shared = {
    max_tokens: tokens,
    model: z.string(),
    seed: z.nullish(z.int()),
    stop: z.nullish(z.union([stopString(), z.array(stopString()).check(z.maxLength(4))])),
    stream: z.nullish(z.boolean()),
    stream_options: z.nullish(
      z.object({
        continuous_usage_stats: z.nullish(z.boolean()),
        include_usage: z.nullish(z.boolean()),
      }),
    ),
    temperature: z.nullish(z.number().check(z.gte(0), z.lte(2))),
    top_p: z.nullish(z.number().check(z.gt(0), z.lte(1))),
  }
  const part = z.object({ text: z.string(), type: z.literal('text') })
  const message = z.object({
    content: z.nullish(z.union([z.string(), z.array(part)])),
    role: z.enum(['assistant', 'developer', 'system', 'tool', 'user']),
  })
  const chat = z.object({
    ...shared,
    max_completion_tokens: tokens,
    messages: z.array(message).check(z.minLength(1)),
  })
  const text = z.object({
    ...shared,
    prompt: z.union([z.string(), z.array(z.string()).check(z.length(1))]),
  })

  return (kind, body) => {
    if (kind === 'chat') {
      const parsed = parse(chat, body)
      refuseUnsupported(body)
      const { max_completion_tokens: maxCompletionTokens } = parsed
      return {
        ...toRequest(parsed),
        kind,
        ...(maxCompletionTokens
          ? { maxTokens: maxCompletionTokens, maxTokensParam: 'max_completion_tokens' }
          : {}),
        prompt: toPrompt(parsed.messages),
      }
    }
    const parsed = parse(text, body)
    refuseUnsupported(body)
    const { prompt } = parsed
    return {
      ...toRequest(parsed),
      kind,
      prompt: typeof prompt === 'string' ? prompt : prompt.join(''),
    }
  }
}

function stopString() {
  return z.string().check(z.regex(/^\P{Surrogate}+$/u))
}

type Shared = {
  max_tokens?: number | null | undefined
  model: string
  seed?: number | null | undefined
  stop?: string | string[] | null | undefined
  stream?: boolean | null | undefined
  stream_options?:
    | { continuous_usage_stats?: boolean | null | undefined; include_usage?: boolean | null | undefined }
    | null
    | undefined
  temperature?: number | null | undefined
  top_p?: number | null | undefined
}

function toRequest(parsed: Shared) {
  const { max_tokens: maxTokens, model, seed, stop, stream, stream_options: options } = parsed
  if (options && !stream)
    throw new NgramRequestError({
      message: '`stream_options` needs `stream` to be true.',
      param: 'stream_options',
    })
  return {
    maxTokens: maxTokens ?? undefined,
    maxTokensParam: 'max_tokens' as const,
    model,
    seed: seed ?? undefined,
    stop: typeof stop === 'string' ? [stop] : (stop ?? []),
    stream: stream
      ? {
          continuousUsage: options?.continuous_usage_stats ?? false,
          includeUsage: options?.include_usage ?? false,
        }
      : undefined,
    temperature: parsed.temperature ?? undefined,
    topP: parsed.top_p ?? undefined,
  }
}

function parse<output>(schema: z.ZodMiniType<output>, body: unknown): output {
  const parsed = schema.safeParse(body)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  const param = issue && issue.path.length > 0 ? issue.path.join('.') : null
  const subject = param ? `\`${param}\`` : 'The body'
  throw new NgramRequestError({
    cause: parsed.error,
    message: `${subject} does not fit: ${issue?.message ?? 'it is no completion request'}.`,
    param,
  })
}

/** What would change the answer is refused, never passed over; what only hints, as `user`, is. */
function refuseUnsupported(body: unknown): void {
  const fields = new Map(Object.entries(Object(body)))
  for (const [param, neutral] of Object.entries(neutralValues())) {
    const value = fields.get(param)
    if (value === undefined || value === null || neutral.includes(JSON.stringify(value))) continue
    throw new NgramRequestError({
      code: 'unsupported_parameter',
      message: `\`${param}\` of ${JSON.stringify(value).slice(0, 80)} is not supported by this model; leave it out.`,
      param,
    })
  }
}

function neutralValues(): Record<string, readonly string[]> {
  return {
    audio: [],
    best_of: ['1'],
    echo: ['false'],
    frequency_penalty: ['0'],
    function_call: ['"none"', '"auto"'],
    functions: ['[]'],
    logit_bias: ['{}'],
    logprobs: ['false'],
    modalities: ['["text"]'],
    n: ['1'],
    presence_penalty: ['0'],
    response_format: ['{"type":"text"}'],
    suffix: ['""'],
    tool_choice: ['"none"', '"auto"'],
    tools: ['[]'],
    top_logprobs: ['0'],
  }
}

/** A play goes on with the next speech after an empty line: so does a conversation. */
function toPrompt(messages: readonly { content?: string | { text: string }[] | null | undefined }[]): string {
  return messages
    .map(({ content }) =>
      typeof content === 'string' ? content : (content ?? []).map(({ text }) => text).join(''),
    )
    .map((content) => `${content}\n\n`)
    .join('')
}
