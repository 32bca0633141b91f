import { type Address, concat, encodeDeployData, getContractAddress, type Hex } from 'viem'

import type { ContractName } from '../deployment/deployment.js'
import { accessManagerAbi } from '../generated/accessManager.js'
import { aiTokenAbi } from '../generated/aiToken.js'
import { accessManagerBytecode } from '../generated/bytecode/accessManager.js'
import { aiTokenBytecode } from '../generated/bytecode/aiToken.js'
import { paymentChannelsBytecode } from '../generated/bytecode/paymentChannels.js'
import { providerRegistryBytecode } from '../generated/bytecode/providerRegistry.js'
import { type DeployParameters, toDeployment } from './parameters.js'

/** The deterministic deployer: the same address, with the same code, on every chain that has it. */
export const deployer = '0x4e59b44847b379578588920cA78FbF26c0B4956C'

/** The deployer's code: it creates what follows the first 32 bytes of its input, with those as the salt. */
export const deployerCode =
  '0x7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe03601600081602082378035828234f58015156039578182fd5b8082525050506014600cf3'

/** A contract to create: where it will be, and what the deployer is sent. */
export type Step = { address: Address; data: Hex; name: ContractName }

/** The contracts in the order they need each other. */
export function plan(parameters: DeployParameters): readonly Step[] {
  const { admin, registry, salt, token } = toDeployment(parameters)
  const step = (name: ContractName, creation: Hex): Step => ({
    address: getContractAddress({ bytecode: creation, from: deployer, opcode: 'CREATE2', salt }),
    data: concat([salt, creation]),
    name,
  })

  const accessManager = step(
    'accessManager',
    encodeDeployData({ abi: accessManagerAbi, args: [admin], bytecode: accessManagerBytecode }),
  )
  const { cap, holder, name, supply, symbol } = token
  const aiToken = step(
    'aiToken',
    encodeDeployData({
      abi: aiTokenAbi,
      args: [name, symbol, cap, accessManager.address, holder, supply],
      bytecode: aiTokenBytecode,
    }),
  )
  const paymentChannels = step(
    'paymentChannels',
    encodeDeployData({
      // The ABIs of the last two belong to `@aitoken/inference`; their constructors are all that is needed here.
      abi: [
        {
          inputs: [{ name: 'authority', type: 'address' }],
          stateMutability: 'nonpayable',
          type: 'constructor',
        },
      ],
      args: [accessManager.address],
      bytecode: paymentChannelsBytecode,
    }),
  )
  const providerRegistry = step(
    'providerRegistry',
    encodeDeployData({
      abi: [
        {
          inputs: [
            { name: 'authority', type: 'address' },
            { name: 'token', type: 'address' },
            { name: 'channels', type: 'address' },
            { name: 'delay', type: 'uint256' },
          ],
          stateMutability: 'nonpayable',
          type: 'constructor',
        },
      ],
      args: [
        accessManager.address,
        aiToken.address,
        paymentChannels.address,
        BigInt(registry.unbondingDelay),
      ],
      bytecode: providerRegistryBytecode,
    }),
  )
  return [accessManager, aiToken, paymentChannels, providerRegistry]
}
