use std::marker::PhantomData;

use serde::Deserialize;
use serde::de::value::{Error as ValueError, MapDeserializer};

use super::*;

/// Reads a number in the form that it has with `arbitrary_precision`.
fn read<'de, T: Deserialize<'de>>(text: &'de str) -> Result<T, String> {
    let context = Context::default();
    let number = MapDeserializer::<_, ValueError>::new([(NUMBER_TOKEN, text)].into_iter());
    let result = super::read(PhantomData::<T>, number, &context);
    result.map_err(|error| error.reason().unwrap_or_default().to_owned())
}

#[test]
fn reads_numbers_of_arbitrary_precision() {
    assert_eq!(read("7"), Ok(7_u8));
    assert_eq!(read("-7"), Ok(-7_i64));
    assert_eq!(read("1.5"), Ok(1.5));
    assert_eq!(read(&u128::MAX.to_string()), Ok(u128::MAX));
    assert_eq!(read(&i128::MIN.to_string()), Ok(i128::MIN));
    assert_eq!(read::<bool>("1"), Err("expected a boolean, found an integer".to_owned()));
    assert_eq!(read::<String>("1.5"), Err("expected a string, found a floating-point number".to_owned()));
}
