/**
 * Creates a queue that runs one task after the other: transactions of one account must not race for a nonce.
 *
 * @returns Runs a task when those before it have ended, however they ended.
 */
export function createQueue(): <result>(task: () => Promise<result>) => Promise<result> {
  let last: Promise<unknown> = Promise.resolve()
  return (task) => {
    const running = last.then(task, task)
    last = running.catch(() => undefined)
    return running
  }
}
