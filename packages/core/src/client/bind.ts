import { InvalidArgumentError } from '../errors/InvalidArgumentError.js'
import type { WriteClient } from '../internal/client.js'

/** Functions that take a client first, and the pure functions beside them. */
type Actions = Record<string, (...args: never[]) => unknown>

/** Names of the functions that `client` can be the first argument of; `xCall` builds the call of `x` and needs none. */
type Bindable<actions, client> = {
  [name in keyof actions & string]: name extends `${infer verb}Call`
    ? verb extends keyof actions
      ? never
      : Accepting<actions[name], client, name>
    : Accepting<actions[name], client, name>
}[keyof actions & string]

type Accepting<action, client, name> = action extends (first: infer first, ...rest: never[]) => unknown
  ? client extends first
    ? name
    : never
  : never

// Mapping over a type parameter that extends `keyof actions` keeps each function's documentation.
type Taken<actions, names extends keyof actions> = {
  [name in names]: actions[name] extends (client: never, ...rest: infer rest) => infer result
    ? (...rest: rest) => result
    : never
}

/** The same functions with the client given: those it suffices for, so a client without an account gets no writes. */
export type Bound<actions, client = WriteClient> = Taken<actions, Bindable<actions, client>>

/**
 * Gives every action its client.
 *
 * @param client - The client.
 * @param actions - Spread modules of actions; the builders of calls among them are left out.
 * @returns The actions, without their first parameter.
 */
export function bind<const actions extends Actions, client>(
  client: client,
  actions: actions,
): Bound<actions, client> {
  const bound: Record<string, unknown> = {}
  for (const [name, action] of Object.entries(actions)) {
    if (name.endsWith('Call') && name.slice(0, -'Call'.length) in actions) continue
    bound[name] = (...rest: readonly unknown[]) => {
      const given = action.length > 1 && rest[0] === undefined ? [missing(name)] : rest
      return Reflect.apply(action, undefined, [client, ...given])
    }
  }
  // The loop did what the type says; what the client does not suffice for is absent from the type only.
  return bound as Bound<actions, client>
}

/** Stands for parameters that were left out: it fails where the action first looks, the way the action fails. */
function missing(name: string): object {
  const refuse = (): never => {
    throw new InvalidArgumentError({ expected: 'an object', field: `${name}.parameters`, value: undefined })
  }
  return new Proxy({}, { get: refuse, ownKeys: refuse })
}
