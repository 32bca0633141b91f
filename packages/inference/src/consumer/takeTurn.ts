import type { ProviderAccount } from './account.js'

/** How often a payment is made anew at once, before it takes a turn. */
const hasty = 3

/** Milliseconds that a first turn lasts at most; each further one lasts twice as long. */
const shortest = 100

/** Milliseconds that any turn lasts at most: streams wait longer for a payment. */
const longest = 2_000

/**
 * Waits until those before it have had their turn. A payment that others overtook again and again takes a turn itself:
 * until it is answered, or for a moment, nothing else is paid on the channel, so nothing can overtake it.
 *
 * @param account - The dealings with the provider.
 * @param overtaken - How often the payment was overtaken.
 * @returns Ends the turn; ends nothing when none was taken.
 */
export async function takeTurn(
  account: Pick<ProviderAccount, 'turn'>,
  overtaken: number,
): Promise<() => void> {
  const before = account.turn
  if (overtaken < hasty) {
    await before
    return () => undefined
  }
  let end = (): void => undefined
  const turn = new Promise<void>((resolve) => {
    end = resolve
  })
  account.turn = turn
  await before
  const timer = setTimeout(end, Math.min(shortest * 2 ** (overtaken - hasty), longest))
  return () => {
    clearTimeout(timer)
    end()
  }
}
