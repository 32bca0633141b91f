import {
  GrantCodeError,
  GrantExpiredError,
  GrantLimitError,
  GrantMalformedError,
  GrantReplayedError,
  GrantSignerError,
  GrantsFullError,
  GrantUnknownError,
} from '../grant/errors.js'
import {
  StreamCommitMalformedError,
  StreamCommitSignerError,
  StreamLinkError,
  StreamReplayedError,
  StreamUncoveredError,
  StreamUnitError,
  StreamUnknownError,
} from '../stream/errors.js'
import type { Problem } from './problem.js'
import { readAmount, readHexText, readNumber, readText } from './problemFields.js'

/** The errors about hash chains and sessions that a provider answers with, by their name. */
export const laneProblems = {
  GrantCodeError: {
    read: (problem) => new GrantCodeError({ keyId: readHexText(problem, 'keyId') }),
    status: 402,
    type: 'grant-code',
    write: ({ keyId }) => ({ keyId }),
  } satisfies Problem<GrantCodeError>,
  GrantExpiredError: {
    read: (problem) =>
      new GrantExpiredError({ expiry: readAmount(problem, 'expiry'), keyId: readHexText(problem, 'keyId') }),
    status: 402,
    type: 'grant-expired',
    write: ({ expiry, keyId }) => ({ expiry: `${expiry}`, keyId }),
  } satisfies Problem<GrantExpiredError>,
  GrantLimitError: {
    read: (problem) =>
      new GrantLimitError({ limit: readAmount(problem, 'limit'), needed: readAmount(problem, 'needed') }),
    status: 402,
    type: 'grant-limit',
    write: ({ limit, needed }) => ({ limit: `${limit}`, needed: `${needed}` }),
  } satisfies Problem<GrantLimitError>,
  GrantMalformedError: {
    read: (problem) => new GrantMalformedError({ reason: readText(problem, 'reason') }),
    status: 400,
    type: 'grant-malformed',
    write: ({ reason }) => ({ reason }),
  } satisfies Problem<GrantMalformedError>,
  GrantReplayedError: {
    read: (problem) =>
      new GrantReplayedError({
        counter: readAmount(problem, 'counter'),
        highest: readAmount(problem, 'highest'),
      }),
    status: 402,
    type: 'grant-replayed',
    write: ({ counter, highest }) => ({ counter: `${counter}`, highest: `${highest}` }),
  } satisfies Problem<GrantReplayedError>,
  GrantSignerError: {
    read: (problem) => new GrantSignerError({ expected: readHexText(problem, 'expected') }),
    status: 402,
    type: 'grant-signer',
    write: ({ expected }) => ({ expected }),
  } satisfies Problem<GrantSignerError>,
  GrantsFullError: {
    read: (problem) =>
      new GrantsFullError({
        channelId: readHexText(problem, 'channelId'),
        limit: readNumber(problem, 'limit'),
      }),
    status: 409,
    type: 'grants-full',
    write: ({ channelId, limit }) => ({ channelId, limit }),
  } satisfies Problem<GrantsFullError>,
  GrantUnknownError: {
    read: (problem) =>
      new GrantUnknownError({
        channelId: readHexText(problem, 'channelId'),
        keyId: readHexText(problem, 'keyId'),
      }),
    status: 402,
    type: 'grant-unknown',
    write: ({ channelId, keyId }) => ({ channelId, keyId }),
  } satisfies Problem<GrantUnknownError>,
  StreamCommitMalformedError: {
    read: (problem) => new StreamCommitMalformedError({ reason: readText(problem, 'reason') }),
    status: 400,
    type: 'stream-commit-malformed',
    write: () => ({ reason: 'the provider cannot read it' }),
  } satisfies Problem<StreamCommitMalformedError>,
  StreamCommitSignerError: {
    read: (problem) =>
      new StreamCommitSignerError({
        expected: readHexText(problem, 'expected'),
        recovered: readHexText(problem, 'recovered'),
      }),
    status: 402,
    type: 'stream-commit-signer',
    write: ({ expected, recovered }) => ({ expected, recovered }),
  } satisfies Problem<StreamCommitSignerError>,
  StreamLinkError: {
    read: (problem) =>
      new StreamLinkError({ reason: readText(problem, 'reason'), steps: readNumber(problem, 'steps') }),
    status: 402,
    type: 'stream-link',
    write: ({ reason, steps }) => ({ reason, steps }),
  } satisfies Problem<StreamLinkError>,
  StreamReplayedError: {
    read: (problem) =>
      new StreamReplayedError({
        revealed: readNumber(problem, 'revealed'),
        steps: readNumber(problem, 'steps'),
      }),
    status: 402,
    type: 'stream-replayed',
    write: ({ revealed, steps }) => ({ revealed, steps }),
  } satisfies Problem<StreamReplayedError>,
  StreamUncoveredError: {
    read: (problem) =>
      new StreamUncoveredError({
        needed: readAmount(problem, 'needed'),
        vouched: readAmount(problem, 'vouched'),
      }),
    status: 402,
    type: 'stream-uncovered',
    write: ({ needed, vouched }) => ({ needed: `${needed}`, vouched: `${vouched}` }),
  } satisfies Problem<StreamUncoveredError>,
  StreamUnitError: {
    read: (problem) =>
      new StreamUnitError({ limit: readAmount(problem, 'limit'), unit: readAmount(problem, 'unit') }),
    status: 402,
    type: 'stream-unit',
    write: ({ limit, unit }) => ({ limit: `${limit}`, unit: `${unit}` }),
  } satisfies Problem<StreamUnitError>,
  StreamUnknownError: {
    read: (problem) => new StreamUnknownError({ channelId: readHexText(problem, 'channelId') }),
    status: 402,
    type: 'stream-unknown',
    write: ({ channelId }) => ({ channelId }),
  } satisfies Problem<StreamUnknownError>,
} as const
