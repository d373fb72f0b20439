import type { IncomingHttpHeaders } from 'node:http';
import type { Readable } from 'node:stream';
import type { HttpVersion, IpVersion } from '../../../shared/checks/http-spec-input.ts';

/** One request of a check, whichever HTTP version carries it. */
export type HttpRequest = {
  method: string;
  url: URL;
  /**
   * Names and values in turn. Without those that belong to a connection and differ by HTTP version: Host, Connection,
   * Content-Length.
   */
  headers: readonly string[];
  body: string | null;
  /** `either` when not given. */
  ipVersion?: IpVersion;
  /** `auto` when not given. */
  httpVersion?: HttpVersion;
};

/** A response that has begun. */
export type HttpResponse = {
  httpVersion: '1.1' | '2';
  statusCode: number;
  /** Names in lower case. */
  headers: IncomingHttpHeaders;
  /** Names and values in turn, as they came. */
  rawHeaders: readonly string[];
  /** Still encoded. Destroying it lets go of the connection. */
  body: Readable;
};
