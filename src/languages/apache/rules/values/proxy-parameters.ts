/** Parameters of `ProxyPass`, `BalancerMember` and `ProxySet` (mod_proxy's `set_worker_param` and `set_balancer_param`). */
export type ParameterCheck = (value: string) => string | undefined;

const anything: ParameterCheck = () => undefined;

function onOff(name: string): ParameterCheck {
  return (value) => (/^(?:on|off)$/i.test(value) ? undefined : `${name} must be On|Off`);
}

const leastInterval = 'Interval must be a positive value greater than 100ms';

/** As C reads a number: what follows the digits does not count, and no digits are 0. */
function atLeast(least: number, message: string): ParameterCheck {
  return (value) => ((Number.parseInt(value, 10) || 0) < least ? message : undefined);
}

function between(least: number, most: number, message: string): ParameterCheck {
  return (value) => {
    const number = Number.parseFloat(value) || 0;
    return number < least || number > most ? message : undefined;
  };
}

/** `5`, `500ms`, `1s`, `2min`; a number alone counts seconds. */
function duration(name: string): ParameterCheck {
  return (value) => {
    if (!/^\d+(?:[dhs].*|m[is].*)?$/i.test(value)) return `${name} has wrong format`;
    return Number.parseInt(value, 10) < 1 ? `${name} must be at least one millisecond` : undefined;
  };
}

function bufferSize(name: string): ParameterCheck {
  return (value) => {
    const bytes = Number.parseInt(value, 10) || 0;
    return bytes !== 0 && bytes < 512 ? `${name} must be >= 512 bytes, or 0 for system default` : undefined;
  };
}

function shorterThan64(name: string): ParameterCheck {
  return (value) => (value.length < 64 ? undefined : `${name} length must be < 64 characters`);
}

function matching(form: RegExp, message: string): ParameterCheck {
  return (value) => (form.test(value) ? undefined : message);
}

export const workerParameters: Readonly<Record<string, ParameterCheck>> = {
  loadfactor: between(1, 100, 'LoadFactor must be a number between 1..100'),
  retry: (value) => (value.startsWith('-') ? 'Retry must be a positive value' : undefined),
  ttl: atLeast(1, 'TTL must be at least one second'),
  min: atLeast(0, 'Min must be a positive number'),
  max: atLeast(0, 'Max must be a positive number'),
  smax: atLeast(0, 'Smax must be a positive number'),
  acquire: duration('Acquire timeout'),
  timeout: atLeast(1, 'Timeout must be at least one second'),
  iobuffersize: bufferSize('IOBufferSize'),
  receivebuffersize: bufferSize('ReceiveBufferSize'),
  keepalive: onOff('KeepAlive'),
  disablereuse: onOff('DisableReuse'),
  enablereuse: onOff('EnableReuse'),
  route: shorterThan64('Route'),
  redirect: shorterThan64('Redirect'),
  status: matching(/^(?:[+-]?[cdefghinorsu])*$/i, 'Unknown status parameter option'),
  flushpackets: matching(/^(?:on|off|auto)$/i, 'flushpackets must be on|off|auto'),
  flushwait: between(0, 1000, 'flushwait must be <= 1000, or 0 for system default'),
  ping: duration('Ping/Pong timeout'),
  lbset: between(0, 99, 'lbset must be between 0 and 99'),
  connectiontimeout: duration('Connectiontimeout'),
  flusher: anything,
  upgrade: anything,
  responsefieldsize: atLeast(0, 'ResponseFieldSize must be greater than 0 bytes, or 0 for system default'),
  secret: anything,
  addressttl: matching(
    /^(?:-1|\+?\d+|\+?\d*(?:s|h|ms|mi).*|)$/i,
    'AddressTTL must be -1 or a time: it reads 30, 30s or 5min',
  ),
};

export const balancerParameters: Readonly<Record<string, ParameterCheck>> = {
  stickysession: anything,
  stickysessionsep: matching(/^(?:.|off)$/i, 'stickysessionsep must be a single character or Off'),
  nofailover: onOff('failover'),
  timeout: atLeast(1, 'timeout must be at least one second'),
  maxattempts: atLeast(0, 'maximum number of attempts must be a positive number'),
  // Modules bring more of them, none with a blank in its name.
  lbmethod: (value) => (/\s/.test(value) ? 'unknown lbmethod' : undefined),
  scolonpathdelim: onOff('scolonpathdelim'),
  failonstatus: matching(/^(?:\d{3}(?:,\d{3})*,?)?$/, 'failonstatus must be one or more HTTP response codes'),
  failontimeout: onOff('failontimeout'),
  forcerecovery: onOff('forcerecovery'),
  nonce: anything,
  growth: between(1, 100, 'growth must be between 1 and 100'),
};

/** What mod_proxy_hcheck adds to workers. */
export const healthParameters: Readonly<Record<string, ParameterCheck>> = {
  hcinterval: (value) => {
    const [, number = '', unit = ''] = /^\+?(\d*)(s|h|ms|mi|$)/i.exec(value) ?? [];
    if (number === '' && unit === '') return 'Unparse-able hcinterval setting: it reads 10, 500ms or 5min';
    return unit.toLowerCase() === 'ms' ? atLeast(100, leastInterval)(number) : atLeast(1, leastInterval)(number);
  },
  hcpasses: atLeast(0, 'Passes must be a positive value'),
  hcfails: atLeast(0, 'Fails must be a positive value'),
  hcuri: anything,
  hcmethod: (value) =>
    /^(?:none|tcp|cping|(?:options|head|get)(?:11)?)$/i.test(value)
      ? undefined
      : `Unknown method ${value}: it is one of TCP, OPTIONS, HEAD, GET, CPING, OPTIONS11, HEAD11, GET11`,
  hcexpr: anything,
  hctemplate: anything,
};
