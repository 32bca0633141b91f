import fc from 'fast-check'

// A property that holds today holds tomorrow: another seed is asked for, and never comes by chance.
fc.configureGlobal({ seed: Number(process.env.AITOKEN_SEED ?? 7) })
