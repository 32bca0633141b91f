import { type Connection, openConnection } from './openConnection.ts'

/** Opens connections to servers, as many as are asked for, and keeps them for the next time. */
export function createConnections() {
  const held = new Map<number, Connection[]>()
  return {
    close() {
      for (const connections of held.values()) for (const connection of connections) connection.close()
    },
    async to(port: number, count: number): Promise<readonly Connection[]> {
      const connections = held.get(port) ?? []
      held.set(port, connections)
      while (connections.length < count) connections.push(await openConnection(port))
      return connections.slice(0, count)
    },
  }
}
