.section .rodata
.globl kTercetApiDocument, kTercetApiDocumentEnd
kTercetApiDocument:
.incbin TERCET_API_DOCUMENT
kTercetApiDocumentEnd:
.section .note.GNU-stack,"",%progbits
