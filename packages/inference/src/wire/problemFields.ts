import type { Hex } from 'viem'

/** A problem document (RFC 9457) as JSON has it. */
export type ProblemDocument = Readonly<Record<string, unknown>>

/** Reads a natural number that JSON carries as decimal digits; 0 when it is none. */
export function readAmount(problem: ProblemDocument, name: string): bigint {
  const value = problem[name]
  return typeof value === 'string' && /^\d{1,40}$/.test(value) ? BigInt(value) : 0n
}

/** Reads a number; 0 when it is none. */
export function readNumber(problem: ProblemDocument, name: string): number {
  const value = problem[name]
  return typeof value === 'number' ? value : 0
}

/** Reads a short text; empty when it is none. */
export function readText(problem: ProblemDocument, name: string): string {
  const value = problem[name]
  return typeof value === 'string' ? value.slice(0, 500) : ''
}

/** Reads a hexadecimal value; `0x` when it is none. */
export function readHexText(problem: ProblemDocument, name: string): Hex {
  const value = problem[name]
  return isHexText(value) ? value : '0x'
}

function isHexText(value: unknown): value is Hex {
  return typeof value === 'string' && /^0x[\da-f]{0,130}$/i.test(value)
}

/** Reads a list of short texts. */
export function readTexts(problem: ProblemDocument, name: string): readonly string[] {
  const value = problem[name]
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string').slice(0, 100) : []
}
