import { type PrivateKeyAccount, privateKeyToAccount } from 'viem/accounts'

/** Keys of the accounts that anvil funds; public, and worthless anywhere else. */
export const keys = {
  alice: '0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80',
  bob: '0x59c6995e998f97a5a0044966f0945389dc9e86dae88c7a8412f4603b6b78690d',
  carol: '0x5de4111afa1a4b94908f83103eb1f1706367c2e68ca870fc3fb9a804cdab365a',
  dave: '0x7c852118294e51e653712a81e05800f419141751be58f605c371e15141b007a6',
  mallory: '0x47e179ec197488593b187f80a00eb0da91f1b9d0b13f8733639f19c30a34926a',
} as const

/** Deploys the system and holds the whole supply. */
export const alice: PrivateKeyAccount = privateKeyToAccount(keys.alice)

/** Consumer: buys inference. */
export const bob: PrivateKeyAccount = privateKeyToAccount(keys.bob)

/** Provider: sells inference. */
export const carol: PrivateKeyAccount = privateKeyToAccount(keys.carol)

/** Delegate of other holders' votes. */
export const dave: PrivateKeyAccount = privateKeyToAccount(keys.dave)

/** Attacker. */
export const mallory: PrivateKeyAccount = privateKeyToAccount(keys.mallory)
