import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { createAitoken } from '@aitoken/core'
import { deployAitoken } from '@aitoken/core/deploy'
import {
  type Channel,
  channelActions,
  createSalt,
  createStream,
  hashChannel,
  privateKeyToSigner,
  signStreamCommit,
  signVoucher,
} from '@aitoken/inference'
import { type Abi, type Hex, http, zeroAddress } from 'viem'
import { deployContract, waitForTransactionReceipt, writeContract } from 'viem/actions'
import { anvil } from 'viem/chains'

import { startChain } from '../../examples/chain/startChain.ts'
import { keys } from '../../test/accounts.ts'
import { forge } from '../forge.ts'

const amount = 10n ** 18n

/** Full transaction gas on anvil, with a plain ERC-20: what a sender pays, calldata and base fee included. */
export async function benchGas(): Promise<Record<string, number>> {
  const chain = await startChain()
  try {
    return await measure(chain.rpcUrl)
  } finally {
    await chain.stop()
  }
}

async function measure(rpcUrl: string): Promise<Record<string, number>> {
  const clientOf = (key: Hex) =>
    createAitoken({
      account: privateKeyToSigner(key),
      chain: anvil,
      pollingInterval: 10,
      transport: http(rpcUrl),
    }).extend(channelActions())
  const signer = privateKeyToSigner(keys.bob)
  const payer = clientOf(keys.bob)
  const payee = clientOf(keys.carol)
  const { contracts } = await deployAitoken(payer)
  const channels = contracts.paymentChannels
  const plain = plainToken()
  const deployed = await deployContract(payer, { ...plain, args: ['Plain'] })
  const { contractAddress: token } = await waitForTransactionReceipt(payer, { hash: deployed })
  if (!token) throw new Error('The plain token was not deployed.')
  const write = async (functionName: string, args: readonly unknown[]) =>
    waitForTransactionReceipt(payer, {
      hash: await writeContract(payer, { abi: plain.abi, address: token, args, functionName }),
    })
  const gasOf = async (sent: Hex | { hash: Hex }) => {
    const { gasUsed, status } = await waitForTransactionReceipt(payer, {
      hash: typeof sent === 'string' ? sent : sent.hash,
    })
    if (status !== 'success') throw new Error('A measured transaction reverted.')
    return Number(gasUsed)
  }
  const descriptor = (salt: Hex): Channel => ({
    authorizedSigner: zeroAddress,
    payee: payee.account.address,
    payer: payer.account.address,
    salt,
    token,
  })
  const voucherOf = (channel: Channel, cumulativeAmount: bigint) =>
    signVoucher(signer, {
      chainId: anvil.id,
      channelId: hashChannel({ chainId: anvil.id, channel, channels }),
      channels,
      cumulativeAmount,
    })

  await write('mint', [payer.account.address, amount * 1_000_000n])
  // Holders, so that no measurement pays for the first balance of an account.
  await write('mint', [payee.account.address, 1n])
  await write('mint', [channels, 1n])
  await write('approve', [channels, 2n ** 256n - 1n])

  const gas: Record<string, number> = {}
  const base = { channels, token }
  const salt = createSalt()
  const channel = descriptor(salt)
  gas.open = await gasOf(
    await payer.channels.openChannel({ ...base, deposit: amount, payee: payee.account.address, salt }),
  )
  gas.topUp = await gasOf(await payer.channels.topUpChannel({ amount, channel, channels }))

  await payer.channels.depositToVault({ ...base, amount: amount * 10n })
  gas.openFromVault = await gasOf(
    await payer.channels.openChannelFromVault({
      ...base,
      deposit: amount,
      payee: payee.account.address,
      salt: createSalt(),
    }),
  )

  const settle = async (capture: bigint) =>
    gasOf(
      await payee.channels.settleChannel({
        capture,
        channel,
        channels,
        cumulativeAmount: capture,
        signature: await voucherOf(channel, capture),
      }),
    )
  gas.settleFirst = await settle(amount / 10n)
  gas.settle = await settle(amount / 5n)

  const stream = createStream({ maxSteps: 1_024 })
  const commit = { base: amount / 4n, maxSteps: 1_024, root: stream.root, unit: 1_000n }
  const channelId = hashChannel({ chainId: anvil.id, channel, channels })
  const signature = await signStreamCommit(signer, {
    ...commit,
    chainId: anvil.id,
    channelId,
    channels,
  })
  const walk = async (steps: number) =>
    gasOf(
      await payee.channels.settleStream({
        channel,
        channels,
        commit,
        link: stream.reveal(steps),
        signature,
        steps,
      }),
    )
  const short = await walk(1)
  gas.settleStream1024 = await walk(1_024)
  gas.settleStreamStep = Math.round((gas.settleStream1024 - short) / 1_023)

  gas.close = await gasOf(
    await payee.channels.closeChannel({
      capture: amount / 2n,
      channel,
      channels,
      cumulativeAmount: amount / 2n,
      signature: await voucherOf(channel, amount / 2n),
    }),
  )

  const settlements = []
  for (let index = 1; index <= 100; index++) {
    const salt = createSalt()
    const one = descriptor(salt)
    await payer.channels.openChannel({ ...base, deposit: amount, payee: payee.account.address, salt })
    // Settled once before: a channel's first settlement and later ones cost the same, the slot is never zero.
    settlements.push({
      capture: 1_000n,
      channel: one,
      cumulativeAmount: 2_000n,
      signature: await voucherOf(one, 2_000n),
    })
  }
  gas.settleMany100 = await gasOf(await payee.channels.settleChannels({ channels, settlements }))
  gas.settleMany100PerChannel = Math.round(gas.settleMany100 / 100)

  const exiting = createSalt()
  await payer.channels.openChannel({ ...base, deposit: amount, payee: payee.account.address, salt: exiting })
  gas.requestClose = await gasOf(
    await payer.channels.requestClose({ channel: descriptor(exiting), channels }),
  )
  return gas
}

/** The contract suite's plain ERC-20, built with it. */
function plainToken(): { abi: Abi; bytecode: Hex } {
  if (forge(['build', '--offline'], 'ignore') !== 0) throw new Error('The contracts do not build.')
  const path = fileURLToPath(new URL('../../contracts/out/TestTokens.sol/PlainToken.json', import.meta.url))
  const { abi, bytecode } = JSON.parse(readFileSync(path, 'utf8')) as { abi: Abi; bytecode: { object: Hex } }
  return { abi, bytecode: bytecode.object }
}
