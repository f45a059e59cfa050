use super::EndpointGuard;
use ip_network::{IpNetwork, Ipv6Network};
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

/// Looks names up for the sender and hands over public addresses only, so that a name which
/// leads into our own network connects to nothing. What was checked is what is dialled: the
/// client asks nobody else. Hosts that the operator vouched for are exempt.
#[derive(Debug, Clone)]
pub(super) struct PublicAddresses {
    pub(super) guard: EndpointGuard,
}

impl Resolve for PublicAddresses {
    fn resolve(&self, name: Name) -> Resolving {
        let host = name.as_str().to_owned();
        let exempt = self.guard.is_extra_host(&host);
        Box::pin(async move {
            // Port 0 means: the port of the URL.
            let found: Vec<SocketAddr> = tokio::net::lookup_host((host, 0)).await?.collect();
            let allowed = if exempt { found } else { only_public(found)? };
            Ok(Box::new(allowed.into_iter()) as Addrs)
        })
    }
}

fn only_public(found: Vec<SocketAddr>) -> Result<Vec<SocketAddr>, NoPublicAddress> {
    let public: Vec<_> = found.into_iter().filter(|address| is_public(address.ip())).collect();
    if public.is_empty() { Err(NoPublicAddress) } else { Ok(public) }
}

/// Every address of the push service's name is private, local or reserved.
#[derive(Debug, Clone, Copy, thiserror::Error)]
#[error("the name leads to no public address")]
pub(super) struct NoPublicAddress;

/// Whether an address belongs to the internet at large (IANA special-purpose registries).
fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(v4) => is_public_v4(v4),
        IpAddr::V6(v6) => match embedded_v4(v6) {
            Some(v4) => is_public_v4(v4),
            None => is_public_v6(v6),
        },
    }
}

fn is_public_v4(v4: Ipv4Addr) -> bool {
    IpNetwork::from(v4).is_global() && !v4.is_multicast()
}

/// The IPv4 address behind a mapped address or a NAT64 one (RFC 6052 §2.1).
fn embedded_v4(v6: Ipv6Addr) -> Option<Ipv4Addr> {
    match v6.segments() {
        [0x64, 0xff9b, 0, 0, 0, 0, high, low] => Some(Ipv4Addr::from(u32::from(high) << 16 | u32::from(low))),
        _ => v6.to_ipv4_mapped(),
    }
}

fn is_public_v6(v6: Ipv6Addr) -> bool {
    // 2000::/3 is all that is handed out; within it 2001::/23 (Teredo and other protocols),
    // 2002::/16 (6to4, which embeds any IPv4 address) and the documentation ranges are not hosts.
    let within = |network: [u16; 2], bits| {
        let [a, b] = network;
        Ipv6Network::new_truncate(Ipv6Addr::new(a, b, 0, 0, 0, 0, 0, 0), bits).is_ok_and(|network| network.contains(v6))
    };
    within([0x2000, 0], 3)
        && !within([0x2001, 0], 23)
        && !within([0x2001, 0xdb8], 32)
        && !within([0x2002, 0], 16)
        && !within([0x3fff, 0], 20)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_of_the_internet_at_large_are_public() {
        for public in [
            "142.250.185.10",
            "17.188.143.1",
            "2a00:1450:4001:82a::200a",
            "::ffff:142.250.185.10",
            "64:ff9b::8efa:b90a",
        ] {
            assert!(is_public(public.parse().expect("address")), "{public}");
        }
        for private in [
            "127.0.0.1",
            "10.1.2.3",
            "172.16.0.1",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "0.0.0.0",
            "192.0.2.1",
            "198.18.0.1",
            "224.0.0.1",
            "240.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::10.0.0.1",
            "::ffff:10.0.0.1",
            "::ffff:127.0.0.1",
            "64:ff9b::a00:1",
            "64:ff9b:1::1",
            "fe80::1",
            "fec0::1",
            "fc00::1",
            "fd12:3456::1",
            "ff02::1",
            "ff0e::1",
            "2001:db8::1",
            "2001::1",
            "2002:a00:1::1",
            "3fff::1",
        ] {
            assert!(!is_public(private.parse().expect("address")), "{private}");
        }
    }

    #[tokio::test]
    async fn a_name_that_leads_to_this_machine_is_dialled_only_if_the_operator_vouched_for_it() {
        let name = || "localhost".parse::<Name>().expect("name");
        let stranger = PublicAddresses { guard: EndpointGuard::default() };
        let refusal = stranger.resolve(name()).await.err().expect("refused");
        assert!(refusal.is::<NoPublicAddress>());

        let guard = EndpointGuard::new(["http://localhost:9000"]).expect("origin");
        let vouched = PublicAddresses { guard };
        assert!(vouched.resolve(name()).await.expect("found").count() > 0);
    }
}
