import type { Json } from '../../../../api';
import { type Document, documentIn, documentsIn, isDocument } from './bson';
import { MongoFailure } from './failure';
import { hostAndPort } from './peers';
import type { MemberConfig, SetConfig } from './state';

const MAX_VOTERS = 7;
const MAX_MEMBERS = 50;

/** A configuration as it was typed, checked as mongod checks it. */
export function readConfig(
  given: Document,
  setName: string,
  verb: 'initiate' | 'reconfig',
  replicaSetId: string,
): SetConfig {
  const invalid = (message: string): never => {
    throw new MongoFailure(93, message);
  };
  if (typeof given._id !== 'string')
    invalid(`BSON field 'ReplSetConfig._id' is missing but a required field`);
  if (given._id !== setName)
    invalid(
      verb === 'initiate'
        ? `Attempting to initiate a replica set with name ${String(given._id)}, but command line reports ${setName}; rejecting`
        : `New and old configurations differ in replica set name; the old was ${setName}, and the new is ${String(given._id)}`,
    );
  if (!Array.isArray(given.members))
    invalid(`BSON field 'ReplSetConfig.members' is missing but a required field`);
  const members = documentsIn(given, 'members').map((member) => readMember(member));
  if (members.length === 0)
    invalid('Replica set configuration must have at least one member; found 0 members');
  if (members.length > MAX_MEMBERS)
    invalid(
      `Replica set configuration contains ${members.length} members, but must have at most ${MAX_MEMBERS}`,
    );
  for (const [index, member] of members.entries()) {
    const twin = members.findIndex((each) => each._id === member._id);
    if (twin < index)
      invalid(
        `Found two member configurations with same _id field, members.${twin}._id == members.${index}._id == ${member._id}`,
      );
    const same = members.findIndex((each) => each.host === member.host);
    if (same < index)
      invalid(
        `Found two member configurations with same host field, members.${same}.host == members.${index}.host == ${member.host}`,
      );
  }
  const local = members.filter(({ host }) => /^(localhost|127\.0\.0\.1|::1)/.test(host)).length;
  if (local !== 0 && local !== members.length)
    throw new MongoFailure(
      103,
      `Either all host names in a replica set configuration must be localhost references, or none must be; found ${local} out of ${members.length}`,
    );
  const voters = members.filter(({ votes }) => votes > 0).length;
  if (voters > MAX_VOTERS)
    invalid(
      `Replica set configuration contains ${voters} voting members, but must be at least 1 and no more than ${MAX_VOTERS}`,
    );
  if (voters === 0)
    invalid('Replica set configuration contains 0 voting members, but must be at least 1 and no more than 7');
  if (!members.some(({ priority }) => priority > 0))
    invalid('Replica set configuration must contain at least one non-arbiter member with priority > 0');
  const version = typeof given.version === 'number' ? given.version : 1;
  const term = typeof given.term === 'number' ? given.term : 0;
  return { _id: setName, version, term, members, settings: documentIn(given, 'settings'), replicaSetId };
}

function readMember(member: Document): MemberConfig {
  if (typeof member._id !== 'number')
    throw new MongoFailure(93, `BSON field 'MemberConfig._id' is missing but a required field`);
  if (typeof member.host !== 'string')
    throw new MongoFailure(93, `BSON field 'MemberConfig.host' is missing but a required field`);
  const { host, port } = hostAndPort(member.host);
  if (host === '' || !Number.isInteger(port))
    throw new MongoFailure(
      9,
      `FailedToParse: Empty host component parsing HostAndPort from "${member.host}"`,
    );
  const arbiterOnly = member.arbiterOnly === true;
  const number = (value: Json | undefined, otherwise: number) =>
    typeof value === 'number' ? value : otherwise;
  const priority = number(member.priority, arbiterOnly ? 0 : 1);
  const votes = number(member.votes, 1);
  if (priority < 0 || priority > 1000)
    throw new MongoFailure(93, `priority field value of ${priority} is out of range (0, 1000)`);
  if (votes !== 0 && votes !== 1)
    throw new MongoFailure(93, `votes field value is ${votes} but must be 0 or 1`);
  if (votes === 0 && priority > 0) throw new MongoFailure(93, 'priority must be 0 when non-voting (votes:0)');
  return {
    _id: member._id,
    host: `${host}:${port}`,
    arbiterOnly,
    priority,
    votes,
    hidden: member.hidden === true,
  };
}

/** A configuration as rs.conf() shows it. */
export function shownConfig({ _id, version, term, members, settings, replicaSetId }: SetConfig): Document {
  return {
    _id,
    version,
    term,
    members: members.map(
      (member): Document => ({
        _id: member._id,
        host: member.host,
        arbiterOnly: member.arbiterOnly,
        buildIndexes: true,
        hidden: member.hidden,
        priority: member.priority,
        tags: {},
        secondaryDelaySecs: '\u0001long:0',
        votes: member.votes,
      }),
    ),
    protocolVersion: '\u0001long:1',
    writeConcernMajorityJournalDefault: true,
    settings: {
      chainingAllowed: true,
      heartbeatIntervalMillis: 2000,
      heartbeatTimeoutSecs: 10,
      electionTimeoutMillis: 10_000,
      catchUpTimeoutMillis: -1,
      catchUpTakeoverDelayMillis: 30_000,
      getLastErrorModes: {},
      getLastErrorDefaults: { w: 1, wtimeout: 0 },
      replicaSetId,
      ...settings,
    },
  };
}

/** The configuration that a member was sent by another one. */
export function configIn(body: Json | undefined): SetConfig | undefined {
  return isDocument(body) && Array.isArray(body.members) ? (body as unknown as SetConfig) : undefined;
}
