//! Pairs of documents: those of the contract's matrix, and single changes of a document that has one of each form.

use crate::contract::document::Document;
use crate::contract::tests::matrix::{self, In, models};
use crate::contract::value::Value;

pub(super) struct Pair {
    pub(super) name: String,
    pub(super) old: String,
    pub(super) new: String,
}

/// Operations that reach the schemas of the models' matrix.
const MODEL_PATHS: &str = "info: {title: Models}
paths:
  /flows:
    get: {operationId: read, responses: {'200': {content: {application/json: {schema: {$ref: '#/components/schemas/Flow'}}}}}}
    post:
      operationId: create
      requestBody: {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/NewFlow'}}}}
      responses: {'204': {}}
  /state:
    get: {operationId: state, responses: {'200': {content: {application/json: {schema: {$ref: '#/components/schemas/State'}}}}}}
    put:
      operationId: sort
      requestBody: {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/Sort'}}}}
      responses: {'204': {}}
";

/// The changes of documents that the contract's tests make.
pub(super) fn of_the_matrix() -> Vec<Pair> {
    let pair = |base: &str, from: &str, to: &str| {
        assert!(base.contains(from), "{from}");
        Pair { name: format!("{from} -> {to}"), old: base.to_owned(), new: base.replacen(from, to, 1) }
    };
    let document = "info: {title: Matrix}\n".to_owned() + matrix::DOCUMENT;
    let models = format!("openapi: 3.1.0\n{MODEL_PATHS}{}", models::DOCUMENT.strip_prefix("openapi: 3.1.0\n").unwrap());
    let endpoints = matrix::MUTATIONS.iter().filter(|(_, place, ..)| *place == In::Document);
    let allowed = matrix::ALLOWED.iter().filter(|(place, ..)| *place == In::Document);
    let of_models = models::MUTATIONS.iter().filter(|(_, place, ..)| *place == In::Document);
    let mut pairs: Vec<Pair> = endpoints.map(|(_, _, from, to, _)| pair(&document, from, to)).collect();
    pairs.extend(allowed.map(|(_, from, to)| pair(&document, from, to)));
    pairs.extend(of_models.map(|(_, _, from, to, _)| pair(&models, from, to)));
    let kestra = [1, 2].map(|version| {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../kestra-auth/openapi");
        std::fs::read_to_string(format!("{folder}/kestra-{version}.yaml")).unwrap()
    });
    let [old, new] = kestra;
    pairs.push(Pair { name: "Kestra".to_owned(), old, new });
    // Each change in the other direction, too.
    let reverse = pairs.iter().map(|Pair { name, old, new }| Pair {
        name: format!("reverse of {name}"),
        old: new.clone(),
        new: old.clone(),
    });
    let reverse: Vec<Pair> = reverse.collect();
    pairs.extend(reverse);
    pairs
}

/// Each `…_base` document in a folder, with every other document of the same name up to there, in both directions.
pub(super) fn in_folder(folder: &std::path::Path) -> Vec<Pair> {
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<_> = files.collect();
    files.sort();
    let name = |path: &std::path::Path| path.file_stem().unwrap().to_string_lossy().into_owned();
    let text = |path: &std::path::Path| std::fs::read_to_string(path).unwrap();
    let is_valid = |text: &str| Document::read(text.as_bytes(), "document").is_ok();
    let mut pairs = Vec::new();
    for base in &files {
        let Some(start) = name(base).strip_suffix("base").map(str::to_owned) else { continue };
        for other in files.iter().filter(|other| *other != base && name(other).starts_with(&start)) {
            let (old, new) = (text(base), text(other));
            if is_valid(&old) && is_valid(&new) {
                let reverse = format!("reverse of {}", name(other));
                pairs.push(Pair { name: name(other), old: old.clone(), new: new.clone() });
                pairs.push(Pair { name: reverse, old: new, new: old });
            }
        }
    }
    pairs
}

/// Every single change of a kind at every position of a document: a key is removed or renamed, a type is another one,
/// a flag is the reverse, a list is shorter.
pub(super) fn of_all_positions(name: &str, text: &str) -> Vec<Pair> {
    let document = Document::read(text.as_bytes(), name).unwrap();
    let root = document.root().value;
    let old = json(root).to_string();
    let mut pairs = Vec::new();
    let mut path = Vec::new();
    changes(root, &mut path, &mut |path, change| {
        let mut new = json(root);
        let changed = path.iter().fold(&mut new, |value, step| match value {
            serde_json::Value::Array(items) => &mut items[step.parse::<usize>().unwrap()],
            value => &mut value[step.as_str()],
        });
        let what = change(changed);
        pairs.push(Pair { name: format!("{what} at {}", path.join(".")), old: old.clone(), new: new.to_string() });
    });
    pairs
}

type Change<'c> = &'c dyn Fn(&mut serde_json::Value) -> String;

fn changes(value: &Value, path: &mut Vec<String>, add: &mut dyn FnMut(&[String], Change<'_>)) {
    for (key, child) in value.entries() {
        let removed = |value: &mut serde_json::Value| {
            value.as_object_mut().unwrap().remove(key);
            format!("`{key}` removed")
        };
        let renamed = |value: &mut serde_json::Value| {
            let object = value.as_object_mut().unwrap();
            let child = object.remove(key).unwrap();
            object.insert(format!("{key}Two"), child);
            format!("`{key}` renamed")
        };
        let is_top = path.is_empty() || ["components", "info"].contains(&path[0].as_str()) && path.len() < 2;
        let is_reference = ["$ref", "name", "in", "title", "description"].contains(&key.as_str());
        if !is_top && !is_reference {
            add(path, &removed);
        }
        if path.last().is_some_and(|last| ["paths", "properties", "schemas", "content"].contains(&last.as_str())) {
            add(path, &renamed);
        }
        for other in ["string", "integer", "boolean", "array", "object"] {
            if key == "type" && child.as_str().is_some_and(|own| own != other) {
                add(path, &|value| {
                    value["type"] = other.into();
                    format!("type {other}")
                });
            }
        }
        if let Value::Bool(flag) = child {
            add(path, &|value| {
                value[key.as_str()] = (!flag).into();
                format!("`{key}` {}", !flag)
            });
        }
        if key == "name" && child.as_str().is_some() {
            add(path, &|value| {
                value["name"] = "another".into();
                "another name".to_owned()
            });
        }
        path.push(key.clone());
        changes(child, path, add);
        path.pop();
    }
    for (index, item) in value.items().iter().enumerate() {
        add(path, &|value| {
            value.as_array_mut().unwrap().remove(index);
            format!("item {index} removed")
        });
        path.push(index.to_string());
        changes(item, path, add);
        path.pop();
    }
}

fn json(value: &Value) -> serde_json::Value {
    match value {
        Value::Null => serde_json::Value::Null,
        Value::Bool(flag) => (*flag).into(),
        // Without a fraction, it is an integer.
        Value::Number(number) => serde_json::from_str(&number.to_string()).unwrap(),
        Value::String(text) => text.as_str().into(),
        Value::Array(items) => items.iter().map(json).collect(),
        Value::Object(_) => {
            let entries = value.entries().iter().map(|(key, value)| (key.clone(), json(value)));
            serde_json::Value::Object(entries.collect())
        }
    }
}
