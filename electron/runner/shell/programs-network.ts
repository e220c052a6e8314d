import { reads, type Program } from './program.ts'

const ping: Program = {
  otherwise: 'read',
  raises: { '': { change: '-f' } },
  endless: { '': 'always' },
  unless: '-c -w -n',
}

const iptables: Program = {
  otherwise: 'change',
  takes: '-t --table',
  reading: '-L --list -S --list-rules',
  raises: {
    '': {
      change: '-A -I -R -N -P -E -Z -C --append --insert --replace --new-chain --policy --zero',
      destroy: '-F --flush -X --delete-chain -D --delete',
    },
  },
}

/** Programs that look at the network or change it. */
export const networkPrograms: Readonly<Record<string, Program>> = {
  iftop: { otherwise: 'read', terminal: { '': 'always' }, unless: '-t' },
  nload: { otherwise: 'read', terminal: { '': 'always' } },
  telnet: { otherwise: 'change', terminal: { '': 'always' } },
  ftp: { otherwise: 'change', terminal: { '': 'always' } },
  sftp: { otherwise: 'change', terminal: { '': 'always' } },
  ping,
  ping6: ping,
  mtr: {
    otherwise: 'read',
    terminal: { '': 'always' },
    unless: '-r --report -w --report-wide -c --json -j',
  },
  traceroute: reads,
  dig: reads,
  hostname: { otherwise: 'read', raises: { '': { change: '-F --file -b' } } },
  ss: {
    otherwise: 'read',
    raises: { '': { destroy: '-K --kill' } },
    endless: { '': '-E --events' },
  },
  arp: { otherwise: 'read', raises: { '': { change: '-s -d -f --set --delete --file' } } },
  route: { otherwise: 'read', does: { read: '', change: 'add, del, delete, flush' } },
  ifconfig: { otherwise: 'change', reading: '-a -s' },
  ip: {
    otherwise: 'change',
    takes: '-n -netns --netns -f -family --family',
    bare: '-4 -6 -s -d -o -j -p -br -c -brief --brief -details -stats -statistics -json -oneline -color -h -r',
    does: {
      read:
        'a, addr, address, addr show, address show, a s, a show, addr list, addr ls, link, link show, link list, link ls, l, l show, ' +
        'r, route, route show, route list, route get, route ls, r s, r get, rule, rule show, rule list, neigh, neigh show, neighbor show, n, n show, ' +
        'netns, netns list, maddr, maddr show, tunnel show, nexthop show, xfrm state, xfrm policy, vrf show, mroute show, token list',
      change:
        'addr add, addr del, address add, address del, a add, a del, link set, l set, route add, route del, route replace, r add, r del, rule add, rule del, neigh add, neigh del, link add',
      destroy:
        'addr flush, address flush, a flush, route flush, r flush, neigh flush, rule flush, netns del, netns delete, link delete, link del',
    },
    endless: { monitor: 'always' },
  },
  bridge: {
    otherwise: 'change',
    bare: '-s -d -j -p',
    does: { read: 'link, link show, fdb, fdb show, vlan, vlan show, mdb show' },
  },
  ethtool: {
    otherwise: 'read',
    raises: {
      '': {
        change:
          '-s --change -K --offload --features -G --set-ring -C --coalesce -A --pause -L --set-channels -E --change-eeprom -N -U --config-nfc --config-ntuple -X --rxfh -W --set-dump -P -p --identify -r --negotiate -t --test -f --flash -x --reset --set-priv-flags --set-eee --set-phy-tunable --set-fec',
      },
    },
    unless: '-P',
  },
  conntrack: {
    otherwise: 'change',
    reading: '-L --dump -S --stats -C --count',
    raises: { '': { change: '-I -U --create --update', destroy: '-D --delete -F --flush' } },
    endless: { '': '-E --event' },
  },
  iptables,
  ip6tables: iptables,
  'iptables-save': { otherwise: 'read', raises: { '': { change: '-f --file -M --modprobe' } } },
  ipvsadm: {
    otherwise: 'change',
    reading: '-L -l --list -Ln',
    raises: { '': { change: '-A -E -a -e -R -Z', destroy: '-D -C -d' } },
  },
  nft: {
    otherwise: 'change',
    bare: '-a -n -nn -j',
    does: {
      read: 'list, list ruleset, list tables, list table, list chain',
      destroy: 'flush, delete',
    },
  },
  tcpdump: {
    otherwise: 'read',
    raises: { '': { change: '-w -z -W -G -C' } },
    endless: { '': 'always' },
    unless: '-c -r',
  },
  tshark: {
    otherwise: 'read',
    raises: { '': { change: '-w' } },
    endless: { '': 'always' },
    unless: '-c -r',
  },
  nc: { otherwise: 'change', endless: { '': '-l' } },
  ncat: { otherwise: 'change', endless: { '': '-l --listen' } },
  nmap: { otherwise: 'change' },
  openssl: {
    otherwise: 'change',
    does: { read: 's_client, x509, verify, version, crl, ciphers, asn1parse' },
    raises: {
      '': {
        change:
          '-out -keyout -signkey -key -inkey -engine -sess_out -keylogfile -writerand -config -provider -provider-path',
      },
    },
  },
  'ssh-keyscan': reads,
  rsync: {
    otherwise: 'change',
    raises: {
      '': {
        destroy:
          '--delete --del --remove-source-files --delete-before --delete-after --delete-during --delete-excluded',
      },
    },
  },
}
