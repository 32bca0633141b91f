import { readFile } from 'node:fs/promises'

/** What `--help` prints. */
export const help = `Sells model calls: an OpenAI-compatible gateway whose every call is paid.

  aitoken-inference serve --upstream http://localhost:11434/v1 --model llama3 \\
    --price input=0.2,output=0.6 --rpc http://127.0.0.1:8545 \\
    --token 0x5FbDB2315678afecb367f032d93F642f64180aa3 \\
    --channels 0xe7f1725E7734CE288F8367e1Bb143E90bb3F0512

The account's private key is read from AITOKEN_PRIVATE_KEY, or from a file that only its owner can read.

  --upstream URL            where an OpenAI-compatible API begins, or builtin:shakespeare
  --model NAME              name that payers use
  --price LIST              tokens per million: input=0.2,output=0.6[,cachedInput=…][,reasoning=…][,request=…]
  --max-output-tokens N     most for one choice (4096)
  --upstream-model NAME     the model's name there, if it has another one
  --upstream-key-env NAME   environment variable with the upstream's key

  --rpc URL                 a node of the chain
  --chain ID                refuse to start on another chain
  --token ADDRESS           the token that is paid in (the chain's AIT)
  --channels ADDRESS        the payment channels (the chain's)
  --payee ADDRESS           who is paid (the account)
  --key-file PATH           file with the private key, mode 600

  --store STORE             sqlite:PATH, postgres://… or memory (sqlite:./aitoken.db)
  --host HOST               where to listen (127.0.0.1)
  --port PORT               0 for any (8402)
  --metrics                 lets everybody read /metrics; or set AITOKEN_METRICS_TOKEN
  --log-level LEVEL         silent, error, warn, info or debug (info)
  --shutdown-notice MS      how long /healthz says so before requests are refused (0)
  --shutdown-timeout MS     how long requests may run on after SIGTERM (30000)
  --json                    no banner for people, but a JSON object on the standard error

  --config PATH             JSON file with all of this and more; flags come first
  --help, --version

Lines of the log are JSON on the standard output. The first SIGTERM or SIGINT lets requests end and settles; the
second ends at once. Exits with 0 when it was told to stop and settled, 1 when something failed or could not be
settled, 2 when something given cannot work, 130 when it was told twice.
`

/** The package's version. */
export async function readVersion(): Promise<string> {
  const manifest: unknown = JSON.parse(await readFile(new URL('../../package.json', import.meta.url), 'utf8'))
  return String(Object(manifest).version)
}
