import type { Hash } from 'viem'
import { getCode, sendTransaction } from 'viem/actions'
import { getAction } from 'viem/utils'

import { confirm } from '../call/confirm.js'
import { prepareRequest } from '../call/prepareRequest.js'
import type { ContractName, Deployment } from '../deployment/deployment.js'
import type { AccountMissingError } from '../errors/AccountMissingError.js'
import { toCallError } from '../errors/toCallError.js'
import { accountOf } from '../internal/accountOf.js'
import type { ReadClient, WriteClient } from '../internal/client.js'
import { DeployerMissingError, DeploymentFailedError, DeploymentMismatchError } from './errors.js'
import type { DeployParameters, toDeployment } from './parameters.js'
import { deployer, deployerCode, plan, type Step } from './plan.js'
import { toAddresses } from './predictDeployment.js'

/**
 * Deploys the whole system: the access manager (OpenZeppelin `AccessManager`), the token, the payment
 * channels, and the registry of providers. Addresses follow from the parameters alone ({@link predictDeployment}), the same on every chain.
 * What is there already is left as it is, so an interrupted deployment is finished by running it again.
 *
 * @param client - Client with an account, which pays the gas.
 * @param parameters - {@link deployAitoken.Parameters}
 * @returns Address of every contract, and the transactions that were needed.
 * @throws `AccountMissingError` when the client has no account.
 * @throws {@link DeployerMissingError} when the chain lacks the deterministic deployer.
 * @throws {@link DeploymentFailedError} when a transaction cannot be sent or reverts.
 * @throws {@link DeploymentMismatchError} when a contract is not where it had to appear.
 * @throws {@link InvalidTokenNameError} when a name or symbol is empty or longer than 31 bytes.
 * @throws {@link InvalidCapError} when the cap is zero or above what votes can count.
 *
 * @example
 * ```ts
 * import { withDeployment } from '@aitoken/core'
 * import { deployAitoken } from '@aitoken/core/deploy'
 * import { createClient, http, parseEther } from 'viem'
 * import { privateKeyToAccount } from 'viem/accounts'
 * import { foundry } from 'viem/chains'
 *
 * const client = createClient({
 *   account: privateKeyToAccount(process.env['PRIVATE_KEY'] as `0x${string}`),
 *   chain: foundry,
 *   transport: http(),
 * })
 *
 * const { contracts } = await deployAitoken(client, { token: { supply: parseEther('1000000') } })
 * const chain = withDeployment(foundry, contracts)
 * ```
 */
export async function deployAitoken(
  client: WriteClient,
  parameters: deployAitoken.Parameters = {},
): Promise<deployAitoken.ReturnType> {
  const { address } = accountOf(client, 'deployAitoken')
  const steps = plan({ ...parameters, admin: parameters.admin ?? address })
  if ((await codeAt(client, deployer)) !== deployerCode)
    throw new DeployerMissingError({ chainId: client.chain.id, deployer })

  const transactions: deployAitoken.Transaction[] = []
  for (const step of steps) {
    if (await codeAt(client, step.address)) continue
    transactions.push(await create(client, step))
  }
  return { contracts: toAddresses(steps), transactions }
}

async function create(client: WriteClient, step: Step): Promise<deployAitoken.Transaction> {
  const { address, data, name } = step
  const { hash, gasUsed } = await sendAndConfirm(client, data).catch((cause: unknown) => {
    throw new DeploymentFailedError({ cause, contract: name })
  })
  if (!(await codeAt(client, address))) throw new DeploymentMismatchError({ address, contract: name, hash })
  return { gasUsed, hash, name }
}

async function sendAndConfirm(
  client: WriteClient,
  data: `0x${string}`,
): Promise<{ gasUsed: bigint; hash: Hash }> {
  const { account, chain } = client
  const send = async () => {
    // What a constructor stores can cost more in the next block's second than in the one that it was estimated in.
    const request = await prepareRequest(client, { data, to: deployer, value: 0n })
    return getAction(
      client,
      sendTransaction,
      'sendTransaction',
    )({
      ...request,
      account,
      chain,
      data,
      to: deployer,
    })
  }
  const hash = await send().catch((cause: unknown) => {
    throw toCallError(cause, {
      abi: [],
      account: account.address,
      address: deployer,
      functionName: 'create',
      reverts: {},
    })
  })
  const { receipt } = await confirm(client, { hash })
  return { gasUsed: receipt.gasUsed, hash }
}

async function codeAt(client: ReadClient, address: `0x${string}`): Promise<`0x${string}` | undefined> {
  return getAction(client, getCode, 'getCode')({ address })
}

export declare namespace deployAitoken {
  type Parameters = Omit<DeployParameters, 'admin'> & {
    /** Administers the access manager. @default the client's account */
    admin?: DeployParameters['admin'] | undefined
  }
  type Transaction = {
    /** Gas it used. */
    gasUsed: bigint
    /** Its hash. */
    hash: Hash
    /** The contract it created. */
    name: ContractName
  }
  type ReturnType = {
    /** Address of every contract. */
    contracts: Deployment
    /** The transactions that were needed, in order; none when all was there. */
    transactions: readonly Transaction[]
  }
  type ErrorType =
    | AccountMissingError
    | DeployerMissingError
    | DeploymentFailedError
    | DeploymentMismatchError
    | toDeployment.ErrorType
}
