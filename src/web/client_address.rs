//! Where a request comes from. Anybody can write `X-Forwarded-For`: it is believed only from
//! proxies that the operator named.

use std::convert::Infallible;
use std::future::{Ready, ready};
use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};
use ip_network::IpNetwork;

const FORWARDED_FOR: &str = "x-forwarded-for";

/// The person's address: of the connection, or what our own proxies say of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClientAddress(pub IpAddr);

impl ClientAddress {
    pub fn of(request: &HttpRequest) -> Self {
        let trusted = request.app_data::<TrustedProxies>();
        // Only a connection without an address (a test's) has none: all of them count as one.
        let peer = request.peer_addr().map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |peer| peer.ip());
        let mut address = peer.to_canonical();
        let mut hops = hops(request).into_iter().rev();
        while trusted.is_some_and(|trusted| trusted.contain(address)) {
            match hops.next().map(|hop| address_of_hop(&hop)) {
                Some(Some(hop)) => address = hop,
                // Nothing more was said, or nothing that is an address: the last known one counts.
                Some(None) | None => break,
            }
        }
        Self(address)
    }
}

impl ClientAddress {
    /// What counts as one place: an IPv4 address, or the /64 that one IPv6 customer gets (RFC 6177).
    pub fn household(&self) -> String {
        match self.0 {
            IpAddr::V4(address) => address.to_string(),
            IpAddr::V6(address) => {
                let [a, b, c, d, ..] = address.segments();
                format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
            }
        }
    }
}

impl FromRequest for ClientAddress {
    type Error = Infallible;
    type Future = Ready<Result<Self, Infallible>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Ok(Self::of(request)))
    }
}

/// `CREWLINE_TRUSTED_PROXIES`; given to the app by `app_data`. Empty by default.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TrustedProxies(Vec<IpNetwork>);

impl TrustedProxies {
    /// Addresses and networks, separated by commas: `127.0.0.1, 10.0.0.0/8, fd00::/8`.
    pub fn parse(list: &str) -> Result<Self, InvalidNetwork> {
        let entries = list.split(',').map(str::trim).filter(|entry| !entry.is_empty());
        entries.map(network).collect::<Result<_, _>>().map(Self)
    }

    fn contain(&self, address: IpAddr) -> bool {
        self.0.iter().any(|network| network.contains(address))
    }
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is neither an IP address nor a network such as 10.0.0.0/8")]
pub struct InvalidNetwork(String);

fn network(entry: &str) -> Result<IpNetwork, InvalidNetwork> {
    let address = entry.parse::<IpAddr>().map(|address| IpNetwork::from(address.to_canonical()));
    address.or_else(|_| entry.parse()).map_err(|_| InvalidNetwork(entry.to_owned()))
}

/// Nearest last, over all headers of that name.
fn hops(request: &HttpRequest) -> Vec<String> {
    let values = request.headers().get_all(FORWARDED_FOR);
    // A value that is no text still takes its place, so that nothing before it is believed.
    let values = values.map(|value| value.to_str().unwrap_or("?"));
    values.flat_map(|value| value.split(',')).map(|hop| hop.trim().to_owned()).collect()
}

/// `192.0.2.1`, `192.0.2.1:1234`, `2001:db8::1` or `[2001:db8::1]:1234`.
fn address_of_hop(hop: &str) -> Option<IpAddr> {
    let bare = hop.trim_start_matches('[').trim_end_matches(']');
    let address = bare.parse::<IpAddr>().ok();
    let address = address.or_else(|| hop.parse::<SocketAddr>().ok().map(|socket| socket.ip()));
    address.map(|address| address.to_canonical())
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    #[test]
    fn a_stranger_is_not_believed_about_their_address() {
        assert_eq!(seen("203.0.113.5", &["198.51.100.1"], "10.0.0.0/8"), "203.0.113.5");
        assert_eq!(seen("203.0.113.5", &["198.51.100.1"], ""), "203.0.113.5");
    }

    #[test]
    fn our_proxy_is_believed_about_the_last_stranger_only() {
        let forwarded = ["1.2.3.4, 198.51.100.1, 10.0.0.7"];
        assert_eq!(seen("10.0.0.2", &forwarded, "10.0.0.0/8"), "198.51.100.1");
        let split = ["1.2.3.4", "198.51.100.1", "10.0.0.7"];
        assert_eq!(seen("10.0.0.2", &split, "10.0.0.0/8"), "198.51.100.1");
    }

    #[test]
    fn what_is_no_address_hides_all_before_it() {
        assert_eq!(seen("10.0.0.2", &["1.2.3.4, <script>"], "10.0.0.0/8"), "10.0.0.2");
        assert_eq!(seen("10.0.0.2", &["1.2.3.4, unknown, 10.0.0.7"], "10.0.0.0/8"), "10.0.0.7");
        assert_eq!(seen("10.0.0.2", &[], "10.0.0.0/8"), "10.0.0.2");
    }

    #[test]
    fn ports_brackets_and_mapped_addresses_are_understood() {
        assert_eq!(seen("::ffff:10.0.0.2", &["198.51.100.1:4711"], "10.0.0.2"), "198.51.100.1");
        assert_eq!(seen("10.0.0.2", &["[2001:db8::1]:4711"], "10.0.0.2"), "2001:db8::1");
        assert_eq!(seen("10.0.0.2", &["[2001:db8::1]"], "10.0.0.2"), "2001:db8::1");
    }

    #[test]
    fn a_network_with_a_slip_is_named() {
        assert_eq!(TrustedProxies::parse(""), Ok(TrustedProxies::default()));
        let error = TrustedProxies::parse("127.0.0.1, 10.0.0.0/33").unwrap_err();
        assert!(error.to_string().contains("10.0.0.0/33"));
    }

    fn seen(peer: &str, forwarded: &[&str], trusted: &str) -> String {
        let peer: IpAddr = peer.parse().unwrap();
        let request = TestRequest::default()
            .peer_addr(SocketAddr::new(peer, 1234))
            .app_data(TrustedProxies::parse(trusted).unwrap());
        let request = forwarded.iter().fold(request, |r, hop| r.append_header((FORWARDED_FOR, *hop)));
        ClientAddress::of(&request.to_http_request()).0.to_string()
    }
}
