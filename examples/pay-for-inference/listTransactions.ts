import { aiTokenAbi } from '@aitoken/core/abis'
import { paymentChannelsAbi } from '@aitoken/inference/abis'
import { type Client, decodeFunctionData, type Hash } from 'viem'
import { getBlock, getTransactionReceipt } from 'viem/actions'

/** A transaction as the chain knows it. */
export type Transaction = { from: string; gasUsed: bigint; hash: Hash; name: string }

/** Every transaction after a block, with the function it called: read from the chain, not remembered. */
export async function listTransactions(client: Client, fromBlock: bigint): Promise<Transaction[]> {
  const transactions: Transaction[] = []
  const { number: last } = await getBlock(client)
  for (let blockNumber = fromBlock + 1n; blockNumber <= (last ?? 0n); blockNumber++) {
    const block = await getBlock(client, { blockNumber, includeTransactions: true })
    for (const { from, hash, input } of block.transactions) {
      const { gasUsed } = await getTransactionReceipt(client, { hash })
      const { functionName } = decodeFunctionData({
        abi: [...aiTokenAbi, ...paymentChannelsAbi],
        data: input,
      })
      transactions.push({ from, gasUsed, hash, name: functionName })
    }
  }
  return transactions
}
