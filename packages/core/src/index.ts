export { type Call, call } from './call/call.js'
export { confirm } from './call/confirm.js'
export {
  TransactionReplacedError,
  TransactionRevertedError,
  TransactionUnconfirmedError,
} from './call/errors.js'
export { send } from './call/send.js'
export { AitokenError } from './errors/AitokenError.js'
export type { ReadClient, WriteClient } from './internal/client.js'
