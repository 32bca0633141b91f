import { type Address, concat, encodeAbiParameters, type Hash, keccak256 } from 'viem'

import { SessionPayeeError } from './errors.js'

/** The payees that a session key may pay, and a proof for each of them. */
export type PayeeTree = {
  /** What {@link setSession} takes as `payees`. */
  readonly root: Hash
  /** The proof that a session key brings to pay one of the payees. */
  prove(payee: Address): Hash[]
}

/**
 * Builds the Merkle tree of the payees that a session key may pay, with the root that @openzeppelin/merkle-tree
 * computes.
 *
 * @param payees - The payees, at least one.
 * @returns The root, and proofs.
 * @throws {@link SessionPayeeError} when a proof is asked for an address that is not among them.
 *
 * @example
 * ```ts
 * import { createPayeeTree } from '@aitoken/inference'
 *
 * const tree = createPayeeTree([
 *   '0x70997970C51812dc3A010C7d01b50e0d17dc79C8',
 *   '0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC',
 * ])
 * export const proof = tree.prove('0x70997970C51812dc3A010C7d01b50e0d17dc79C8')
 * ```
 */
export function createPayeeTree(payees: readonly [Address, ...Address[]]): PayeeTree {
  const leaves = [...new Set(payees.map(leafOf))].sort()
  // A complete binary tree in one array: the children of node i are 2i + 1 and 2i + 2, the leaves come last.
  const nodes = [...new Array<Hash>(leaves.length - 1).fill('0x'), ...leaves.toReversed()]
  for (let index = leaves.length - 2; index >= 0; index--)
    nodes[index] = hashPair(nodes[2 * index + 1] ?? '0x', nodes[2 * index + 2] ?? '0x')

  return {
    prove(payee) {
      let index = nodes.lastIndexOf(leafOf(payee))
      if (index < leaves.length - 1) throw new SessionPayeeError({ payee })
      const proof: Hash[] = []
      while (index > 0) {
        proof.push(nodes[index % 2 === 1 ? index + 1 : index - 1] ?? '0x')
        index = (index - 1) >> 1
      }
      return proof
    },
    root: nodes[0] ?? '0x',
  }
}

/** Hashed twice, so that no inner node of a tree can pass for a leaf. */
function leafOf(payee: Address): Hash {
  return keccak256(keccak256(encodeAbiParameters([{ type: 'address' }], [payee])))
}

function hashPair(one: Hash, other: Hash): Hash {
  return keccak256(concat(one < other ? [one, other] : [other, one]))
}
