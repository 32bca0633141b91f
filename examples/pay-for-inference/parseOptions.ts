import { parseArgs } from 'node:util'

/** What the command line asked for. */
export type Options = {
  json: boolean
  maxTokens: number
  model: string
  prompt: string
  seed: number | undefined
  temperature: number
  upstream: string | undefined
}

const usage = `Usage: pnpm quickstart [options]

Starts a local chain, deploys the AI token and its payment channels, serves a language model behind a paid
gateway, and streams one completion that is paid for token by token.

Options
  --prompt "…"         What the model continues            [a line of Shakespeare's]
  --max-tokens N       At most so many tokens              [120]
  --temperature T      0 is greedy, 2 is wild              [0.6]
  --seed N             The same seed, the same text        [random]
  --upstream URL       An OpenAI-compatible server to sell instead of the built-in model,
                       such as http://localhost:11434/v1; its key is read from OPENAI_API_KEY
  --model NAME         The upstream's model
  --json               Print one JSON object
  --help               Print this

Exit codes: 0 paid and verified, 1 failed, 2 wrong usage.`

/** Reads the command line; prints what is wrong with it, and exits with 2. */
export function parseOptions(arguments_: readonly string[]): Options {
  try {
    const { values } = parseArgs({
      args: arguments_.filter((argument) => argument !== '--'),
      options: {
        help: { type: 'boolean' },
        json: { default: false, type: 'boolean' },
        'max-tokens': { default: '120', type: 'string' },
        model: { type: 'string' },
        prompt: { default: 'To be, or not to be', type: 'string' },
        seed: { type: 'string' },
        temperature: { default: '0.6', type: 'string' },
        upstream: { type: 'string' },
      },
    })
    if (values.help) {
      console.log(usage)
      process.exit(0)
    }
    if (values.upstream !== undefined && !URL.canParse(values.upstream))
      throw new RangeError(
        `--upstream takes a URL such as http://localhost:11434/v1, not \`${values.upstream}\`.`,
      )
    if (values.upstream !== undefined && !values.model)
      throw new RangeError('--upstream needs --model: the name under which that server knows its model.')
    if (values.upstream === undefined && values.model !== undefined)
      throw new RangeError('--model names a model of an --upstream; the built-in model needs no name.')
    if (values.prompt.length === 0) throw new RangeError('--prompt takes some text.')
    return {
      json: values.json,
      // The built-in model writes no more at a time.
      maxTokens: numberOf('--max-tokens', values['max-tokens'], 1, values.upstream ? 100_000 : 4_096, true),
      model: values.model ?? 'shakespeare',
      prompt: values.prompt,
      seed: values.seed === undefined ? undefined : numberOf('--seed', values.seed, 0, 2 ** 31 - 1, true),
      temperature: numberOf('--temperature', values.temperature, 0, 2, false),
      upstream: values.upstream,
    }
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n\nSee: pnpm quickstart --help`)
    process.exit(2)
  }
}

function numberOf(name: string, text: string, least: number, most: number, whole: boolean): number {
  const value = text.trim() === '' ? Number.NaN : Number(text)
  if (!(value >= least && value <= most) || (whole && !Number.isInteger(value)))
    throw new RangeError(
      `${name} takes ${whole ? 'a whole number' : 'a number'} from ${least} to ${most}, not \`${text}\`.`,
    )
  return value
}
