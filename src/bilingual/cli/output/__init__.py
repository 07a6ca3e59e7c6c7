"""What commands print: lines for people, fields for programs."""
