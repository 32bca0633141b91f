import { type Address, type Hex, isHex, zeroAddress, zeroHash } from 'viem'

import { checkAddress } from '../call/checkArguments.js'
import { InvalidAmountError } from '../errors/InvalidAmountError.js'
import { InvalidArgumentError } from '../errors/InvalidArgumentError.js'
import { InvalidCapError, InvalidTokenNameError } from '../token/errors.js'

/** What a deployment is made of. The addresses follow from these alone. */
export type DeployParameters = {
  /** Administers the access manager, hence minting, bridges, fees and slashing. */
  admin: Address
  /** The registry of providers. */
  registry?:
    | {
        /** How long a bond takes to leave, in seconds: 7 to 30 days. @default 14 days */
        unbondingDelay?: number | undefined
      }
    | undefined
  /** Distinguishes deployments that are otherwise the same; 32 bytes. @default zero */
  salt?: Hex | undefined
  /** The token. */
  token?:
    | {
        /** Most tokens that may exist, in base units. @default 1,000,000,000 tokens of 18 decimals */
        cap?: bigint | undefined
        /** Who receives the first supply. @default the admin */
        holder?: Address | undefined
        /** Name, 1 to 31 bytes. @default 'AI Token' */
        name?: string | undefined
        /** First supply, in base units. @default 0n */
        supply?: bigint | undefined
        /** Symbol, 1 to 31 bytes. @default 'AIT' */
        symbol?: string | undefined
      }
    | undefined
}

/** Seconds. */
const day = 86_400

/** The parameters with every default filled in, checked as the constructors check them. */
export function toDeployment(parameters: DeployParameters): toDeployment.ReturnType {
  const { admin, registry = {}, salt = zeroHash, token = {} } = parameters
  const { unbondingDelay = 14 * day } = registry
  const { cap = 10n ** 27n, holder = admin, name = 'AI Token', supply = 0n, symbol = 'AIT' } = token
  checkAddress(admin, 'admin')
  checkAddress(holder, 'token.holder')
  if (admin === zeroAddress)
    throw new InvalidArgumentError({ expected: 'an account that can act', field: 'admin', value: admin })
  if (!isHex(salt) || salt.length !== 66)
    throw new InvalidArgumentError({ expected: '32 bytes in hexadecimal', field: 'salt', value: salt })
  if (!isShort(name)) throw new InvalidTokenNameError({ field: 'name', value: name })
  if (!isShort(symbol)) throw new InvalidTokenNameError({ field: 'symbol', value: symbol })
  if (typeof cap !== 'bigint' || cap <= 0n || cap >= 2n ** 208n) throw new InvalidCapError({ cap })
  if (typeof supply !== 'bigint' || supply < 0n || supply > cap)
    throw new InvalidAmountError({
      field: 'token.supply',
      max: cap,
      value: supply,
    })
  if (supply > 0n && holder === zeroAddress)
    throw new InvalidArgumentError({
      expected: 'an account that can hold',
      field: 'token.holder',
      value: holder,
    })
  if (!Number.isSafeInteger(unbondingDelay) || unbondingDelay < 7 * day || unbondingDelay > 30 * day)
    throw new InvalidArgumentError({
      expected: 'a whole number of seconds, 7 to 30 days',
      field: 'registry.unbondingDelay',
      value: unbondingDelay,
    })
  return { admin, registry: { unbondingDelay }, salt, token: { cap, holder, name, supply, symbol } }
}

export declare namespace toDeployment {
  type ReturnType = {
    admin: Address
    registry: { unbondingDelay: number }
    salt: Hex
    token: { cap: bigint; holder: Address; name: string; supply: bigint; symbol: string }
  }
  type ErrorType = InvalidAmountError | InvalidArgumentError | InvalidCapError | InvalidTokenNameError
}

function isShort(text: unknown): text is string {
  if (typeof text !== 'string') return false
  const { length } = new TextEncoder().encode(text)
  return length > 0 && length < 32
}
