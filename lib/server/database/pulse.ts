import { Client } from 'pg';
import { readDatabaseAddress } from './connect';

/** Whether the database answers, asked on a connection of its own: that the others are all in use is no illness. */
export interface Pulse {
  /** Resolves when it answered; rejects when it did not within a second and a half, or refused. */
  feel(): Promise<void>;
  close(): Promise<void>;
}

/** A probe waits for a second or two, and then takes the process for dead. */
const LIMIT_MS = 1_500;

/** Connects when it is asked for the first time, and again after every failure. */
export function createPulse(url: string): Pulse {
  const { connectionString } = readDatabaseAddress(url);
  let kept: Client | undefined;
  let asking: Promise<void> | undefined;

  /** To be let in is an answer. */
  const connect = async () => {
    const client = new Client({
      connectionString,
      connectionTimeoutMillis: LIMIT_MS,
      query_timeout: LIMIT_MS,
    });
    const lost = () => {
      if (kept === client) kept = undefined;
    };
    client.on('error', lost).on('end', lost);
    await client.connect();
    kept = client;
  };
  const ask = async (client: Client) => {
    try {
      await client.query('SELECT 1');
    } catch (error) {
      if (kept === client) kept = undefined;
      void client.end();
      throw error;
    }
  };

  return {
    feel() {
      asking ??= (kept === undefined ? connect() : ask(kept)).finally(() => {
        asking = undefined;
      });
      return asking;
    },
    async close() {
      await kept?.end();
    },
  };
}
