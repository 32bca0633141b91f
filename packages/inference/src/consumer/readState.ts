import type { ChannelRecord } from '../books/channelRecord.js'
import type { ChannelState } from '../channel/channel.js'
import type { ConsumerContext } from './context.js'

/**
 * Asks the chain about the channel with a provider, whatever the provider says.
 *
 * @param context - The consumer.
 * @param account - The dealings with the provider.
 * @returns The channel's state.
 */
export async function readState(
  { channels, client }: ConsumerContext,
  { record: { channelId } }: { record: Pick<ChannelRecord, 'channelId'> },
): Promise<ChannelState> {
  const { getChannel } = await import('../channel/getChannel.js')
  return getChannel(client, { channelId, channels })
}
