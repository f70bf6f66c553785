//! Compares generated code with a file that exists already, which belongs to its user and is never overwritten.

use quote::{ToTokens, quote};
use syn::{Attribute, Field, Fields, File, Item, TraitItem, TraitItemFn, Variant};

/// Something of the generated code that a file lacks, or has in another form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// What differs: `FlowsApi`, `FlowsApi::search` or `Flow::revision`.
    pub name: String,
    /// Whether the file has it in another form.
    pub exists: bool,
    /// How the generated code has it.
    pub text: String,
}

/// Returns what generated code has and a file lacks, or has in another form. Docs do not count, nor does the order.
///
/// # Errors
/// If the file is not valid Rust.
pub fn compare(existing: &str, generated: &str) -> Result<Vec<Difference>, String> {
    let parse = |text: &str| {
        syn::parse_file(text).map_err(|error| {
            let start = error.span().start();
            format!("the file is not valid Rust: {error} (line {}, column {})", start.line, start.column + 1)
        })
    };
    let (existing, generated) = (parse(existing)?, parse(generated)?);
    let mut differences = Vec::new();
    for item in &generated.items {
        let Some(name) = name_of(item) else { continue };
        match existing.items.iter().find(|other| name_of(other).as_ref() == Some(&name)) {
            Some(other) => compare_items(&name, other, item, &mut differences),
            None => differences.push(Difference { name, exists: false, text: item_text(item) }),
        }
    }
    Ok(differences)
}

fn name_of(item: &Item) -> Option<String> {
    match item {
        Item::Trait(item) => Some(item.ident.to_string()),
        Item::Struct(item) => Some(item.ident.to_string()),
        Item::Enum(item) => Some(item.ident.to_string()),
        _ => None,
    }
}

fn compare_items(name: &str, existing: &Item, generated: &Item, differences: &mut Vec<Difference>) {
    let own: Vec<(String, String)> = parts(existing);
    for (part, text) in parts(generated) {
        let found = own.iter().find(|(own, _)| *own == part);
        if found.is_none_or(|(_, own)| *own != text) {
            let text = part_text(generated, &part).unwrap_or(text);
            differences.push(Difference { name: format!("{name}::{part}"), exists: found.is_some(), text });
        }
    }
    if head(existing) != head(generated) {
        differences.push(Difference { name: name.to_owned(), exists: true, text: head(generated) });
    }
}

/// The methods, fields or variants of an item with their names, without docs.
fn parts(item: &Item) -> Vec<(String, String)> {
    match item {
        Item::Trait(item) => methods(&item.items).map(|method| (method.sig.ident.to_string(), plain(method))).collect(),
        Item::Struct(item) => fields(&item.fields).map(|(name, field)| (name, plain(field))).collect(),
        Item::Enum(item) => item.variants.iter().map(|variant| (variant.ident.to_string(), plain(variant))).collect(),
        _ => Vec::new(),
    }
}

fn methods(items: &[TraitItem]) -> impl Iterator<Item = &TraitItemFn> {
    items.iter().filter_map(|item| match item {
        TraitItem::Fn(method) => Some(method),
        _ => None,
    })
}

fn fields(fields: &Fields) -> impl Iterator<Item = (String, &Field)> {
    fields.iter().filter_map(|field| Some((field.ident.as_ref()?.to_string(), field)))
}

/// What a part is apart from its docs.
trait Part: ToTokens + Clone {
    fn attributes(&mut self) -> &mut Vec<Attribute>;
}

impl Part for TraitItemFn {
    fn attributes(&mut self) -> &mut Vec<Attribute> {
        &mut self.attrs
    }
}

impl Part for Field {
    fn attributes(&mut self) -> &mut Vec<Attribute> {
        &mut self.attrs
    }
}

impl Part for Variant {
    fn attributes(&mut self) -> &mut Vec<Attribute> {
        &mut self.attrs
    }
}

fn plain(part: &impl Part) -> String {
    let mut part = part.clone();
    part.attributes().retain(|attribute| !is_doc_or_lint(attribute));
    // A trailing comma in a list of arguments depends on how the list is broken into lines.
    part.to_token_stream().to_string().replace(", )", ")").replace(" ,)", ")")
}

/// The attributes and the name of an item, without docs.
fn head(item: &Item) -> String {
    let (attributes, word, name) = match item {
        Item::Trait(item) => (&item.attrs, quote!(trait), &item.ident),
        Item::Struct(item) => (&item.attrs, quote!(struct), &item.ident),
        Item::Enum(item) => (&item.attrs, quote!(enum), &item.ident),
        _ => return String::new(),
    };
    // A person derives more, and in another order.
    let attributes =
        attributes.iter().filter(|attribute| !is_doc_or_lint(attribute) && !attribute.path().is_ident("derive"));
    let attributes: Vec<String> = attributes.map(|attribute| attribute.to_token_stream().to_string()).collect();
    format!("{}\n{word} {name}", attributes.join("\n")).trim_start().to_owned()
}

fn is_doc_or_lint(attribute: &Attribute) -> bool {
    ["doc", "allow", "expect", "warn", "deny"].iter().any(|name| attribute.path().is_ident(name))
}

fn item_text(item: &Item) -> String {
    prettyplease::unparse(&File { shebang: None, frontmatter: None, attrs: Vec::new(), items: vec![item.clone()] })
}

/// A part as it is formatted inside of its item.
fn part_text(item: &Item, name: &str) -> Option<String> {
    let mut item = item.clone();
    match &mut item {
        Item::Trait(item) => {
            item.items.retain(|part| matches!(part, TraitItem::Fn(method) if method.sig.ident == name));
        }
        Item::Struct(item) => match &mut item.fields {
            Fields::Named(fields) => {
                let kept = fields.named.iter().filter(|field| field.ident.as_ref().is_some_and(|ident| ident == name));
                fields.named = kept.cloned().collect();
            }
            _ => return None,
        },
        Item::Enum(item) => item.variants = item.variants.iter().filter(|part| part.ident == name).cloned().collect(),
        _ => return None,
    }
    let text = item_text(&item);
    let start = text.lines().position(|line| line.ends_with('{') && line.starts_with("pub "))? + 1;
    let lines: Vec<&str> = text.lines().collect();
    Some(lines.get(start..lines.len().saturating_sub(1))?.join("\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const GENERATED: &str = "#[api(base = \"/v1\")]\npub trait FlowsApi {\n    /// Finds.\n    #[get(\"/flows\")]\n    \
                             async fn find(&self, #[query] q: &str) -> Result<Flow, Error>;\n    #[get(\"/all\")]\n    \
                             async fn all(&self) -> Result<(), Error>;\n}\npub struct Flow {\n    pub id: String,\n    \
                             pub n: u32,\n}\npub enum Kind { A, B }\n";

    fn names(existing: &str) -> Vec<(String, bool)> {
        compare(existing, GENERATED).unwrap().into_iter().map(|found| (found.name, found.exists)).collect()
    }

    #[test]
    fn the_same_code_has_no_differences() {
        assert_eq!(names(GENERATED), []);
        let edited = GENERATED.replace("/// Finds.", "/// Finds a flow by text.").replace("q: &str)", "q: &str,)");
        assert_eq!(names(&edited), []);
    }

    #[test]
    fn reports_what_is_missing_or_differs() {
        let existing = GENERATED.replace("n: u32", "n: i64").replace("pub enum Kind { A, B }", "enum Kind { A }");
        let existing = existing.replace("#[get(\"/all\")]\n    async fn all(&self) -> Result<(), Error>;\n", "");
        let expected = [("FlowsApi::all", false), ("Flow::n", true), ("Kind::B", false)];
        assert_eq!(names(&existing), expected.map(|(name, exists)| (name.to_owned(), exists)));
        assert_eq!(names("").len(), 3);
        let differences = compare(&existing, GENERATED).unwrap();
        assert_eq!(differences[0].text, "    #[get(\"/all\")]\n    async fn all(&self) -> Result<(), Error>;");
        assert_eq!(differences[1].text, "    pub n: u32,");
    }

    #[test]
    fn invalid_code_is_an_error_with_its_line() {
        assert!(compare("struct {", GENERATED).unwrap_err().contains("line 1"));
    }
}
