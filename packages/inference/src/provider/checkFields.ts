import { BodyInvalidError } from '../wire/serviceErrors.js'
import type { CompletionBody } from './readBody.js'

/** Deepest nesting of a body: schemas of tools have some of it, and what goes on for longer is no request. */
const deepest = 64

/** Fields that change what a model says, and nothing of what it costs beyond the tokens that are counted. */
const free: readonly string[] = [
  ...['best_of', 'max_completion_tokens', 'max_tokens', 'messages', 'model', 'n', 'prompt', 'stream'],
  ...['add_generation_prompt', 'cache_prompt', 'chat_template_kwargs', 'continue_final_message', 'echo'],
  ...['enable_thinking', 'frequency_penalty', 'function_call', 'functions', 'grammar', 'guided_choice'],
  ...['guided_grammar', 'guided_json', 'guided_regex', 'ignore_eos', 'include_stop_str_in_output'],
  ...['json_schema', 'length_penalty', 'logit_bias', 'logprobs', 'metadata', 'min_p', 'min_tokens'],
  ...['mirostat', 'mirostat_eta', 'mirostat_tau', 'parallel_tool_calls', 'prediction', 'presence_penalty'],
  ...['prompt_cache_key', 'reasoning_effort', 'repeat_last_n', 'repeat_penalty', 'repetition_penalty'],
  ...['response_format', 'safety_identifier', 'seed', 'skip_special_tokens', 'stop', 'stop_token_ids'],
  ...['stream_options', 'structured_outputs', 'suffix', 'temperature', 'tfs_z', 'thinking', 'tool_choice'],
  ...['tools', 'top_a', 'top_k', 'top_logprobs', 'top_p', 'typical_p', 'user', 'verbosity'],
]

/**
 * Refuses what could cost the provider more than was priced: dearer service, searches, other models in the place of
 * the one that is paid for. What is not known to be free is not passed on.
 *
 * @param body - The request.
 * @param allowed - Names of more fields that the model may get.
 * @throws {@link BodyInvalidError} when it has another field, or tools that servers run and charge for themselves.
 */
export function checkFields(body: CompletionBody, allowed: readonly string[] = []): void {
  for (const name of Object.keys(body))
    if (!free.includes(name) && !allowed.includes(name))
      throw new BodyInvalidError({ reason: `it has ${quote(name)}, which is not priced` })
  const { tools } = body
  if (!Array.isArray(tools)) return
  for (const tool of tools) {
    const type: unknown = typeof tool === 'object' && tool !== null ? Reflect.get(tool, 'type') : undefined
    if (type === undefined || type === 'function' || type === 'custom') continue
    if (!allowed.includes(`tools.${String(type)}`))
      throw new BodyInvalidError({
        reason: `it has a tool of type ${quote(String(type))}, which is not priced`,
      })
  }
}

/**
 * Refuses values that nest so deep that nobody could write them down again.
 *
 * @param value - What was parsed.
 * @throws {@link BodyInvalidError} when it does.
 */
export function checkDepth(value: object, left = deepest): void {
  if (left === 0) throw new BodyInvalidError({ reason: `it is nested deeper than ${deepest} levels` })
  for (const field of Object.values(value))
    if (typeof field === 'object' && field !== null) checkDepth(field, left - 1)
}

function quote(name: string): string {
  return JSON.stringify(name.slice(0, 40))
}
