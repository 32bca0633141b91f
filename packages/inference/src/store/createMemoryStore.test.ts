import { testStore } from '~test/storeConformance.js'

import { createMemoryStore } from './createMemoryStore.js'

testStore(async () => ({ store: createMemoryStore() }))
