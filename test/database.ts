import { randomBytes } from 'node:crypto'
import { inject } from 'vitest'

/** Connection string of the run's PostgreSQL server. */
export async function databaseUrl(): Promise<string> {
  const response = await fetch(inject('postgres'))
  const text = await response.text()
  if (!response.ok) throw new Error(text)
  return text
}

/** Name of a schema that no other test uses. */
export function freshSchema(): string {
  return `test_${randomBytes(8).toString('hex')}`
}
