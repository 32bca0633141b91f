/** A promise and what resolves it. */
export function deferred<result>(): { promise: Promise<result>; resolve: (result: result) => void } {
  let resolve: (result: result) => void = () => undefined
  const promise = new Promise<result>((resolve_) => {
    resolve = resolve_
  })
  return { promise, resolve }
}
