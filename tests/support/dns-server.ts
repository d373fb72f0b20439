import { createSocket, type RemoteInfo } from 'node:dgram';
import { once } from 'node:events';
import packet, { type Answer, type Packet } from 'dns-packet';

/** What a name answers: addresses, a way round through another name, or a failure. */
export type DnsAnswer =
  | readonly string[]
  | { cname: string; addresses: readonly string[] }
  | 'nxdomain'
  | 'servfail'
  | 'silence';

export type DnsServer = {
  /** `127.0.0.1:port`, as a resolver takes it. */
  address: string;
  /**
   * What a name answers from now on; with several answers each check gets the next, the last one again and again. A name
   * followed by a type, such as `example.com AAAA`, is about that type alone.
   */
  answer: (name: string, ...answers: DnsAnswer[]) => void;
  /** How often a name was asked for, each record type counted. */
  asked: (name: string) => number;
  close: () => Promise<void>;
};

const RCODE = { nxdomain: 3, servfail: 2 } as const;

/** A DNS server on UDP that answers what a test tells it to, with a time to live of 0; unknown names do not exist. */
export async function openDnsServer(): Promise<DnsServer> {
  const zone = new Map<string, DnsAnswer[]>();
  const questions: string[] = [];
  const socket = createSocket('udp4');
  socket.on('message', (message, from) => {
    const query = packet.decode(message);
    const [question] = query.questions ?? [];
    if (question === undefined) return;
    const name = question.name.toLowerCase();
    const answers = zone.get(`${name} ${question.type}`) ?? zone.get(name) ?? ['nxdomain'];
    // A check asks for A and AAAA together: both see the same of several answers.
    const turn = questions.filter((asked) => asked === `${name} ${question.type}`).length;
    questions.push(`${name} ${question.type}`);
    const answer = answers[Math.min(turn, answers.length - 1)] ?? 'nxdomain';
    if (answer !== 'silence') reply(query, answer, from);
  });

  function reply(query: Packet, answer: Exclude<DnsAnswer, 'silence'>, to: RemoteInfo): void {
    const [question] = query.questions ?? [];
    if (question === undefined) return;
    const rcode = typeof answer === 'string' ? RCODE[answer] : 0;
    const answers = typeof answer === 'string' ? [] : recordsFor(question.name, question.type, answer);
    const header = { id: query.id ?? 0, type: 'response' as const, flags: 0x0180 | rcode };
    socket.send(packet.encode({ ...header, questions: [question], answers }), to.port, to.address);
  }

  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return {
    address: `127.0.0.1:${socket.address().port}`,
    answer: (name, ...answers) => void zone.set(name, answers),
    asked: (name) => questions.filter((asked) => asked.startsWith(`${name.toLowerCase()} `)).length,
    async close() {
      socket.close();
      await once(socket, 'close');
    },
  };
}

function recordsFor(name: string, type: string, answer: Exclude<DnsAnswer, string>): Answer[] {
  const via: Answer[] = 'cname' in answer ? [{ name, type: 'CNAME', ttl: 0, data: answer.cname }] : [];
  const owner = 'cname' in answer ? answer.cname : name;
  const addresses = 'cname' in answer ? answer.addresses : answer;
  const wanted = addresses.filter((address) => address.includes(':') === (type === 'AAAA'));
  return [
    ...via,
    ...wanted.map((data): Answer => ({ name: owner, type: type === 'AAAA' ? 'AAAA' : 'A', ttl: 0, data })),
  ];
}
