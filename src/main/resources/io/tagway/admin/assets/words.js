// Numbers, ages and places in words.

const number = new Intl.NumberFormat('en');

export function count(n, one, many = `${one}s`) {
  return `${number.format(n)} ${n === 1 ? one : many}`;
}

/** A share of 0 to 1 with as many decimals as matter: 100 %, 33.3 %, <0.1 %. */
export function percent(share) {
  const value = share * 100;
  if (value > 0 && value < 0.1) {
    return '<0.1 %';
  }
  return `${Math.abs(value - Math.round(value)) < 0.05 ? Math.round(value) : value.toFixed(1)} %`;
}

/** Events a second: 0.4, 27, 12.3k; nothing where there are none. */
export function perSecond(rate) {
  if (!rate) {
    return '';
  }
  if (rate < 0.05) {
    return '<0.1';
  }
  if (rate < 9.95) {
    return rate.toFixed(1);
  }
  return rate < 9999.5 ? number.format(Math.round(rate)) : `${(rate / 1000).toFixed(1)}k`;
}

/** A time of milliseconds: 0.4 ms, 27 ms, 1.2 s; nothing where there is none. */
export function duration(millis) {
  if (!millis) {
    return '';
  }
  if (millis < 999.5) {
    return `${millis < 9.95 ? millis.toFixed(1) : Math.round(millis)} ms`;
  }
  return millis < 99_950 ? `${(millis / 1000).toFixed(1)} s` : age(millis / 1000);
}

/** The share of errors; nothing where nothing happens. */
export function errorShare({ rate, errors }) {
  return rate || errors ? percent(Math.min(1, errors / Math.max(rate, errors))) : '';
}

/** 48 MiB, 1.5 GiB. */
export function bytes(n) {
  const mebi = n / 2 ** 20;
  return mebi < 1024 ? `${mebi < 9.95 ? mebi.toFixed(1) : Math.round(mebi)} MiB` : `${(mebi / 1024).toFixed(1)} GiB`;
}

/** 4 s, 3 min 20 s, 2 h 5 min, 3 d 4 h. */
export function age(seconds) {
  const s = Math.max(0, Math.round(seconds));
  if (s < 60) {
    return `${s} s`;
  }
  const units = [[86400, 'd', 3600, 'h'], [3600, 'h', 60, 'min'], [60, 'min', 1, 's']];
  const [size, name, smaller, smallerName] = units.find(([unit]) => s >= unit);
  const rest = Math.floor((s % size) / smaller);
  return `${Math.floor(s / size)} ${name}${rest ? ` ${rest} ${smallerName}` : ''}`;
}

const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' });

/** 14:05:09, as a clock here shows it. */
export const clockTime = (at) => clock.format(at);

/** Where a route comes from, short enough for a cell. */
export function place({ kind, name, detail, line }) {
  switch (kind) {
    case 'tag':
      return detail || name;
    case 'override':
      return `override ${lastPart(name) || 'default'}${line ? `:${line}` : ''}`;
    default:
      return `${[kind, lastPart(name)].filter(Boolean).join(' ')}${line ? `:${line}` : ''}`;
  }
}

/** Of a key or a file what stands last tells most, and a cell would cut it off. */
const lastPart = (name) => name.replace(/^.+\/(?=[^/])/, '…/');

/** The same as a phrase. */
export function placeInFull({ kind, name, detail, line }) {
  const at = line ? `, line ${line}` : '';
  switch (kind) {
    case 'tag': {
      const slash = detail.indexOf('/');
      return slash < 0
        ? `a tag of service ${name}`
        : `a tag of service ${name}, instance ${detail.slice(slash + 1)} on node ${detail.slice(0, slash)}`;
    }
    case 'override':
      return `the manual overrides ${name || '(default key)'}${at}`;
    case 'file':
      return `the file ${name}${at}`;
    case 'static':
      return `the option registry.static.routes${at}`;
    default:
      return `${kind} ${name}${at}`;
  }
}

export const registryName = (backend) => (backend === 'consul' ? 'Consul' : `the ${backend} registry`);
