use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use p256::{
    SecretKey,
    elliptic_curve::{
        rand_core::{OsRng, RngCore},
        sec1::ToEncodedPoint,
    },
    pkcs8::{DecodePrivateKey, EncodePrivateKey, LineEnding},
};
use std::{
    fmt,
    fs::{self, File, OpenOptions},
    io::{self, ErrorKind, Write},
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
};
use web_push::{PartialVapidSignatureBuilder, VapidSignatureBuilder};

/// The key that says "this push is from us" (RFC 8292). Every subscription is bound to it:
/// with another key each device has to subscribe again.
#[derive(Clone)]
pub struct VapidKey {
    signer: PartialVapidSignatureBuilder,
    public: String,
}

impl VapidKey {
    /// Reads the key in `path` (PEM, PKCS #8 or SEC 1), or makes one there, readable by its owner
    /// alone, if there is no such file. A file that cannot be read is never replaced.
    pub fn load_or_create(path: &Path) -> Result<VapidKey, VapidKeyError> {
        match fs::read_to_string(path) {
            Ok(pem) => Self::from_pem(&pem).ok_or_else(|| VapidKeyError::NoKey(path.to_owned())),
            Err(error) if error.kind() == ErrorKind::NotFound => Self::create(path),
            Err(error) if error.kind() == ErrorKind::InvalidData => Err(VapidKeyError::NoKey(path.to_owned())),
            Err(source) => Err(VapidKeyError::Unreadable { path: path.to_owned(), source }),
        }
    }

    /// What a browser subscribes with: base64url of the 65-byte point, unpadded.
    pub fn public_key_base64url(&self) -> &str {
        &self.public
    }

    pub(super) fn signer(&self) -> PartialVapidSignatureBuilder {
        self.signer.clone()
    }

    fn create(path: &Path) -> Result<VapidKey, VapidKeyError> {
        let key = SecretKey::random(&mut OsRng);
        let pem = key.to_pkcs8_pem(LineEnding::LF).map_err(|_| VapidKeyError::NotMade)?;
        match write_once(path, pem.as_bytes()) {
            Ok(()) => Self::from_secret(&key).ok_or(VapidKeyError::NotMade),
            // Another process was quicker: its key is the key.
            Err(error) if error.kind() == ErrorKind::AlreadyExists => Self::load_or_create(path),
            Err(source) => Err(VapidKeyError::Unwritable { path: path.to_owned(), source }),
        }
    }

    fn from_pem(pem: &str) -> Option<VapidKey> {
        let key = SecretKey::from_pkcs8_pem(pem).ok();
        let key = key.or_else(|| SecretKey::from_sec1_pem(pem).ok())?;
        Self::from_secret(&key)
    }

    fn from_secret(key: &SecretKey) -> Option<VapidKey> {
        let scalar = URL_SAFE_NO_PAD.encode(key.to_bytes());
        let point = key.public_key().to_encoded_point(false);
        Some(VapidKey {
            signer: VapidSignatureBuilder::from_base64_no_sub(&scalar).ok()?,
            public: URL_SAFE_NO_PAD.encode(point.as_bytes()),
        })
    }
}

/// Shows the public half only.
impl fmt::Debug for VapidKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "VapidKey({})", self.public)
    }
}

/// Puts `content` at `path` whole and on disk, or not at all; never over a file that is there.
fn write_once(path: &Path, content: &[u8]) -> io::Result<()> {
    let folder = match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    fs::create_dir_all(folder)?;
    let draft = folder.join(format!(".vapid-{:016x}.draft", OsRng.next_u64()));
    let written = write_private(&draft, content)
        // A hard link, because renaming would silently replace a key made meanwhile.
        .and_then(|()| fs::hard_link(&draft, path))
        .and_then(|()| File::open(folder)?.sync_all());
    match (written, fs::remove_file(&draft)) {
        (Ok(()), removed) => removed,
        (failed, _) => failed,
    }
}

fn write_private(path: &Path, content: &[u8]) -> io::Result<()> {
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
    file.write_all(content)?;
    file.sync_all()
}

/// Why there is no key to sign with.
#[derive(Debug, thiserror::Error)]
pub enum VapidKeyError {
    #[error(
        "{0} holds no P-256 private key in PEM. Put the file back from a backup. If there is none, move it away: the next start makes a new key, and every device has to be subscribed again."
    )]
    NoKey(PathBuf),
    #[error("The push key {path} cannot be read ({source}). Let the user that runs Crewline read it.")]
    Unreadable { path: PathBuf, source: io::Error },
    #[error("The push key {path} cannot be written ({source}). Let the user that runs Crewline write there.")]
    Unwritable { path: PathBuf, source: io::Error },
    #[error("A push key could not be made. Start again.")]
    NotMade,
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    fn files_in(folder: &Path) -> usize {
        fs::read_dir(folder).expect("folder").count()
    }

    #[test]
    fn the_first_start_makes_a_private_key_and_the_next_ones_read_it() {
        let folder = tempfile::tempdir().expect("folder");
        let path = folder.path().join("data/vapid.pem");
        let made = VapidKey::load_or_create(&path).expect("made");
        let read = VapidKey::load_or_create(&path).expect("read");
        assert_eq!(made.public_key_base64url(), read.public_key_base64url());
        let point = URL_SAFE_NO_PAD.decode(made.public_key_base64url()).expect("base64url");
        assert_eq!((point.len(), point[0]), (65, 4));
        assert_eq!(point, made.signer().get_public_key());
        let mode = fs::metadata(&path).expect("file").permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
        assert_eq!(files_in(&folder.path().join("data")), 1);
        assert!(!format!("{made:?}").contains("PRIVATE"));
    }

    #[test]
    fn a_broken_file_is_an_error_and_stays_as_it_was() {
        let folder = tempfile::tempdir().expect("folder");
        let path = folder.path().join("vapid.pem");
        let zeros = "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n";
        for broken in [&b""[..], b"hello", zeros.as_bytes(), b"\xff\xfe"] {
            fs::write(&path, broken).expect("written");
            let refused = VapidKey::load_or_create(&path);
            assert!(matches!(refused, Err(VapidKeyError::NoKey(_))), "{broken:?}");
            assert_eq!(fs::read(&path).expect("kept"), broken);
        }
    }

    #[test]
    fn a_key_from_openssl_in_the_older_form_is_read_too() {
        let folder = tempfile::tempdir().expect("folder");
        let path = folder.path().join("vapid.pem");
        let key = SecretKey::from_slice(&[7; 32]).expect("scalar");
        fs::write(&path, key.to_sec1_pem(LineEnding::LF).expect("PEM")).expect("written");
        assert!(VapidKey::load_or_create(&path).is_ok());
    }

    #[test]
    fn processes_that_start_at_once_end_up_with_one_key() {
        let folder = tempfile::tempdir().expect("folder");
        let path = folder.path().join("vapid.pem");
        let keys: Vec<String> = std::thread::scope(|scope| {
            let start = || VapidKey::load_or_create(&path).expect("key").public;
            let threads: Vec<_> = (0..8).map(|_| scope.spawn(start)).collect();
            threads.into_iter().map(|thread| thread.join().expect("ended")).collect()
        });
        assert!(keys.windows(2).all(|pair| pair[0] == pair[1]));
        assert_eq!(files_in(folder.path()), 1);
    }

    #[test]
    fn a_folder_in_the_place_of_the_key_is_an_error() {
        let folder = tempfile::tempdir().expect("folder");
        assert!(matches!(VapidKey::load_or_create(folder.path()), Err(VapidKeyError::Unreadable { .. })));
    }
}
