import { testArchive } from '~test/archiveConformance.js'

import { createMemoryArchive } from './createMemoryArchive.js'

testArchive(async () => ({ archive: createMemoryArchive() }))
