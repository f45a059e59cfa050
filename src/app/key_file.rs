use std::fs::OpenOptions;
use std::io::{self, Read as _, Write as _};
use std::path::Path;

const BYTES: usize = 64;

/// A secret key of 64 bytes in a file that only its owner may read, made at the first start.
pub fn load_or_create(path: &Path) -> io::Result<Vec<u8>> {
    match OpenOptions::new().read(true).open(path) {
        Ok(mut file) => {
            let mut key = Vec::new();
            file.read_to_end(&mut key)?;
            if key.len() == BYTES { Ok(key) } else { Err(io::Error::other(format!("{} is damaged", path.display()))) }
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => create(path),
        Err(error) => Err(error),
    }
}

fn create(path: &Path) -> io::Result<Vec<u8>> {
    let key: Vec<u8> = (0..BYTES).map(|_| rand::random()).collect();
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    file.write_all(&key)?;
    file.sync_all()?;
    Ok(key)
}
