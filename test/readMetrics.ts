/** What a scrape of Prometheus text said. */
export type Scrape = {
  /** The value of the sample with these labels, whatever others it has. */
  value(name: string, labels?: Readonly<Record<string, string>>): number | undefined
}

/** Reads Prometheus text (version 0.0.4) line by line, and throws at the first that is none. */
export function readMetrics(text: string): Scrape {
  const samples: { labels: Record<string, string>; name: string; value: number }[] = []
  const typed = new Map<string, string>()
  for (const line of text.split('\n')) {
    const type = /^# TYPE ([a-zA-Z_:][\w:]*) (counter|gauge|histogram|summary|untyped)$/.exec(line)
    if (type?.[1] && type[2]) typed.set(type[1], type[2])
    if (line === '' || line.startsWith('#')) continue
    const sample =
      /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? (-?(?:\d+(?:\.\d+)?(?:e[+-]?\d+)?|Inf)|\+Inf|NaN)$/i.exec(line)
    const [, name = '', inside = '', value = ''] = sample ?? []
    if (!sample) throw new Error(`No sample of Prometheus: ${line}`)
    if (!typed.has(name) && !typed.has(name.replace(/_(bucket|count|sum)$/, '')))
      throw new Error(`A sample without a type: ${line}`)
    const labels: Record<string, string> = {}
    const rest = inside.replace(/([a-zA-Z_]\w*)="((?:[^"\\\n]|\\["\\n])*)",?/g, (_, label, content) => {
      labels[label] = content
      return ''
    })
    if (rest !== '') throw new Error(`Labels of Prometheus are something else: ${line}`)
    samples.push({ labels, name, value: Number(value.replace('Inf', 'Infinity')) })
  }
  return {
    value: (name, labels = {}) =>
      samples.find(
        (sample) =>
          sample.name === name &&
          Object.entries(labels).every(([label, value]) => sample.labels[label] === value),
      )?.value,
  }
}
